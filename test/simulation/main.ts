import { readOptions } from './options.ts';

const options = readOptions(process.argv.slice(2));
// Loaded when the options are understood: the product takes longer to load than to say what is wrong with them.
const { replay, simulate } = await import('./simulation.ts');
await (options.shown === undefined ? simulate(options) : replay(options.shown));
