import { randomUUID } from 'node:crypto';
import { openPageHere } from './open-page.ts';
import type { PortalContext } from './portal-context.ts';
import { configurationFolder, signInStore } from './sign-in-store.ts';
import { terminalOf } from './terminal.ts';

/** What a signed-in command has of the machine that it runs on. */
export type OfMachine = Pick<PortalContext, 'fetch' | 'signIns' | 'terminal' | 'openPage' | 'now' | 'newId' | 'timeout'>;

/** Of this process: its network, its person's settings, its terminal, its clock. */
export function thisMachine(signal: AbortSignal): OfMachine {
  const terminal = terminalOf(process.stdin, process.stderr, signal);
  return {
    fetch,
    signIns: signInStore(configurationFolder(process.env), randomUUID),
    terminal,
    // Where nobody sits, as in a script, nobody wants a page opened.
    openPage: terminal === undefined ? undefined : openPageHere(process.platform, process.env),
    now: Date.now,
    newId: randomUUID,
    timeout: (ms) => AbortSignal.timeout(ms),
  };
}
