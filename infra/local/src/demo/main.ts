import { Command } from 'commander';

new Command('npm run demo --')
  .description('Plays the main job of TEAM on the example organization, in this process and in virtual time, and checks it as it goes.')
  .allowExcessArguments(false)
  .parse();

// A reader that has had enough (`npm run demo | head`) closes the pipe: that is an end, not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

// Loaded when it is understood what is wanted: it takes longer than to say what is wrong.
const { demo } = await import('./demo.ts');
await demo();
