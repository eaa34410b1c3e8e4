import { createInterface } from 'node:readline/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import { exitCodes, Failure } from '../failure.ts';
import type { Terminal } from './portal-context.ts';

/**
 * The person at a terminal; nobody where what is read or what is asked goes elsewhere. They are asked on the standard error, so that what is
 * answered can be piped on.
 */
export function terminalOf(input: ReadStream, output: WriteStream, signal: AbortSignal): Terminal | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return {
    async ask(question) {
      const lines = createInterface({ input, output });
      // The line editor takes Ctrl-C for itself, and Ctrl-D closes it: both say that the person has had enough.
      const enough = new AbortController();
      lines.once('SIGINT', () => enough.abort());
      lines.once('close', () => enough.abort());
      try {
        return await lines.question(question, { signal: AbortSignal.any([signal, enough.signal]) });
      } catch (error) {
        if (enough.signal.aborted) throw new Failure(exitCodes.interrupted, '\nNothing was sent.', { cause: error });
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}
