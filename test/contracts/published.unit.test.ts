import { catalog } from '@team/contracts';
import { asyncApiDocument } from '../../contracts/tools/asyncapi.ts';
import { isList, isObject, type Json } from '../../contracts/tools/event-schema.ts';
import { jsonFilesIn, publishedFolder } from '../../contracts/tools/folder.ts';
import { differences, publishedFiles } from '../../contracts/tools/published-files.ts';

describe('contracts/published', () => {
  it('is what the contracts generate', () => {
    expect(differences(publishedFiles(catalog), jsonFilesIn(publishedFolder))).toEqual([]);
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument(catalog);
  const references = referencesIn(document);
  const detailTypes = catalog.map((contract) => contract.detailType).sort();

  it('resolves every reference within itself', () => {
    expect(references.length).toBeGreaterThan(detailTypes.length);
    expect(references.filter((reference) => at(document, reference.replace(/^#\//, '').split('/')) === undefined)).toEqual([]);
    expect(references.filter((reference) => !reference.startsWith('#/'))).toEqual([]);
  });

  it('has each event as one message of the bus', () => {
    expect(Object.keys(objectAt(document, ['channels', 'bus', 'messages'])).sort()).toEqual(detailTypes);
  });

  it('has each event in exactly one operation: facts sent by their own service, intents received', () => {
    const operations = Object.entries(objectAt(document, ['operations']));
    const placed = operations.flatMap(([name, operation]) => referencesIn(at(operation, ['messages'])).map((reference) => `${reference.split('/').at(-1)} ${name}`));
    const expected = catalog.map(({ detailType, source }) => `${detailType} ${source === undefined ? 'receive-intents' : `publish-${source.slice('team.'.length)}-facts`}`);
    expect(placed.sort()).toEqual(expected.sort());
  });

  it('shows a message as the whole event that EventBridge delivers', () => {
    expect(at(document, ['components', 'messages', 'AccessApproved.v1', 'payload', 'properties'])).toMatchObject({
      source: { const: 'team.approval' },
      'detail-type': { const: 'AccessApproved.v1' },
      detail: { $ref: '#/components/schemas/AccessApproved.v1' },
    });
  });
});

function referencesIn(value: Json | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === '$ref' && typeof child === 'string' ? [child] : referencesIn(child)));
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

function objectAt(value: Json, path: readonly string[]): object {
  const found = at(value, path);
  if (!isObject(found)) throw new TypeError(`no object at ${path.join('/')}`);
  return found;
}
