import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { boundaries } from './boundaries.ts';

const folders = ['contracts', 'shared', 'services', 'infra', 'test'];
const { forbidden = [], options } = boundaries;

// The command line of dependency-cruiser exits with the number of violations, of which 256 would look like none.
const found = await cruise(
  folders,
  { ...options, validate: true, ruleSet: { forbidden }, outputType: 'err-long' },
  {},
  { tsConfig: extractTsConfig('tsconfig.base.json') },
);
console.log(found.output);
process.exitCode = found.exitCode === 0 ? 0 : 1;
