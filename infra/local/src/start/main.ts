import { readOptions } from './options.ts';

const options = readOptions(process.argv.slice(2));
// Loaded when the options are understood: it takes longer than to say what is wrong with them.
const { start } = await import('./start.ts');
await start(options);
