import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { SQSClient } from '@aws-sdk/client-sqs';

const entry = fileURLToPath(new URL('../../infra/local/bin/start.js', import.meta.url));

/** A local run in a process of its own, as `npm start` makes it. */
export interface Running {
  readonly endpoint: string;
  readonly output: () => string;
  readonly process: ChildProcess;
  /** Ends it with a signal and gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the local run, without a past unless asked for, and waits until it says that it is ready, or has ended. */
export async function start(...flags: string[]): Promise<Running> {
  const past = flags.includes('--history') ? [] : ['--no-history'];
  const child = spawn(process.execPath, [entry, '--port', '0', ...past, ...flags], { env: { ...process.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => text.includes('Ctrl-C stops it.') && resolve());
    child.once('exit', () => resolve());
  });
  return {
    endpoint: /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? 'none',
    output: () => text,
    process: child,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
}

/** Real SDK clients of a caller, over HTTP. */
export function clientsOf(endpoint: string, caller: string) {
  const config = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: caller, secretAccessKey: 'any' } };
  return { eventBridge: new EventBridgeClient(config), ssoAdmin: new SSOAdminClient(config), sqs: new SQSClient(config) };
}
