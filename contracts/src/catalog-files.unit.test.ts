import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { catalog } from './catalog.ts';

const folder = import.meta.dirname;

/** `approval/access-approved.v1.ts`; what may be asked of a service, in `questions`, is no event. */
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'questions')
  .flatMap((entry) => readdirSync(path.join(folder, entry.name)).map((file) => `${entry.name}/${file}`));

describe('a definition’s file', () => {
  it('is named after its event, stands with its publisher or among the intents, and is in the catalog', () => {
    const expected = catalog.map(({ detailType, source }) => {
      const name = detailType.replaceAll(/(?!^)[A-Z]/g, '-$&').toLowerCase();
      return `${source?.replace('team.', '') ?? 'intents'}/${name}.ts`;
    });
    expect(files.sort()).toEqual(expected.sort());
  });

  it('is exported by the package', () => {
    const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
    expect(files.filter((file) => !index.includes(`export * from './${file}';`))).toEqual([]);
  });
});
