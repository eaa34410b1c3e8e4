/**
 * What `npm test` proves after all tests: name → what Node.js is started with, in the root. Each prints what it did, since it does
 * something else each time. Exit code 0 means that all is well.
 */
export const proofs: Readonly<Record<string, readonly string[]>> = {
  /** Runs that nobody has seen before: another base seed each time, printed. */
  simulation: ['test/simulation/main.ts', '--seeds', '30'],
  /** Mistakes that the simulation must show, from seeds in which it did; `npm run simulate:bugs` begins anywhere. */
  'planted bugs': ['test/simulation/bugs/main.ts', '--stored', '--most', '60'],
};
