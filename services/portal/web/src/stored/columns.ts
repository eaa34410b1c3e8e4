import { stored } from './stored.ts';
import type { Stored } from './stored.ts';

export interface ColumnChoice {
  readonly id: string;
  readonly visible: boolean;
}

/** Which columns of a list the reader wants, and in what order. */
export function columnChoices(list: string, shown: readonly string[], all: readonly string[]): Stored<readonly ColumnChoice[]> {
  const usual = [...shown, ...all.filter((id) => !shown.includes(id))].map((id) => ({ id, visible: shown.includes(id) }));
  return stored(`team.columns.${list}`, (value) => choices(value, all), usual);
}

/** Only where each column stands exactly once; another version may know others. */
function choices(value: unknown, all: readonly string[]): readonly ColumnChoice[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = (value as unknown[]).filter(isChoice).filter(({ id }) => all.includes(id));
  return new Set(known.map(({ id }) => id)).size === all.length ? known : undefined;
}

function isChoice(value: unknown): value is ColumnChoice {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'visible' in value && typeof value.visible === 'boolean';
}
