/**
 * Imported first by everything that is started by hand: stops with exit code 1, and words that help, on a Node.js
 * that cannot run the TypeScript sources. Plain JavaScript without imports, because the old Node.js has to read it.
 */
const NEEDED = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  process.stderr.write(
    [
      `TEAM needs Node.js ${NEEDED} or later; this is ${process.versions.node} (${process.execPath}).`,
      'The project brings its own: install it with `npm ci` (without --ignore-scripts), then start through npm,',
      'for instance `npm start`, `npm run demo`, `npm test` or `npx team`, and it is used by itself.',
      '',
    ].join('\n'),
  );
  process.exit(1);
}

// What was compiled once is not compiled again: `npx team` starts in half the time. In a folder of our own, since code is read from there.
process.getBuiltinModule('node:module').enableCompileCache(decodeURIComponent(new URL('../../node_modules/.cache/compiled', import.meta.url).pathname));
