import { randomUUID } from 'node:crypto';
import type { PortalContext } from './portal-context.ts';
import { configurationFolder, signInStore } from './sign-in-store.ts';
import { terminalOf } from './terminal.ts';

/** What a signed-in command has of the machine that it runs on. */
export type OfMachine = Pick<PortalContext, 'fetch' | 'signIns' | 'terminal' | 'now' | 'newId' | 'timeout'>;

/** Of this process: its network, its person's settings, its terminal, its clock. */
export const thisMachine = (signal: AbortSignal): OfMachine => ({
  fetch,
  signIns: signInStore(configurationFolder(process.env), randomUUID),
  terminal: terminalOf(process.stdin, process.stderr, signal),
  now: Date.now,
  newId: randomUUID,
  timeout: (ms) => AbortSignal.timeout(ms),
});
