import type { EventContract } from '../src/define-event.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { eventSchema, type Json } from './event-schema.ts';

/** Everything in `contracts/published/`, text by file name. Depends on the contracts alone. */
export function publishedFiles(contracts: readonly EventContract[]): ReadonlyMap<string, string> {
  const sorted = contracts.toSorted((a, b) => (a.detailType < b.detailType ? -1 : 1));
  return new Map([
    ...sorted.map((contract): [string, string] => [schemaFile(contract), text(eventSchema(contract))]),
    ['asyncapi.json', text(asyncApiDocument(sorted))],
    [
      'catalog.json',
      text(
        sorted.map((contract) => {
          const { detailType, kind, source, summary, deprecatedOn } = contract;
          return { detailType, kind, source, summary, deprecatedOn, file: schemaFile(contract) };
        }),
      ),
    ],
  ]);
}

export interface Difference {
  readonly file: string;
  readonly problem: 'missing' | 'out of date' | 'stale';
}

/** How a folder's files differ from what they should be. */
export function differences(wanted: ReadonlyMap<string, string>, actual: ReadonlyMap<string, string>): readonly Difference[] {
  const behind = [...wanted].flatMap(([file, content]): Difference[] => {
    const found = actual.get(file);
    if (found === undefined) return [{ file, problem: 'missing' }];
    return found === content ? [] : [{ file, problem: 'out of date' }];
  });
  const stale = [...actual.keys()].filter((file) => !wanted.has(file)).map((file): Difference => ({ file, problem: 'stale' }));
  return [...behind, ...stale];
}

function schemaFile({ detailType }: EventContract): string {
  return `${detailType}.json`;
}

function text(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
