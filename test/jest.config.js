/** Jest in ESM mode over the TypeScript sources: swc strips the types, Node's own ESM loader resolves. */
export default {
  rootDir: '..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  testMatch: ['**/*.unit.test.ts', '**/*.int.test.ts', '**/*.journey.test.ts', '**/*.browser.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  injectGlobals: true,
  maxWorkers: '100%',
  // A hanging test ends here; a slow or busy machine must not reach it.
  testTimeout: 60_000,
};
