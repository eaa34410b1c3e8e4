import { once } from 'node:events';
import { run } from './program.ts';

const enough = new AbortController();
// Once only: a second Ctrl-C ends what does not end by itself.
process.once('SIGINT', () => enough.abort());

// A reader that has had enough (`team events | head`) closes the pipe: that is an end, not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

process.exitCode = await run(process.argv.slice(2), {
  output: {
    say: (text) => void process.stdout.write(`${text}\n`),
    roomForMore: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
    remark: (text) => void process.stderr.write(`${text}\n`),
  },
  signal: enough.signal,
});
