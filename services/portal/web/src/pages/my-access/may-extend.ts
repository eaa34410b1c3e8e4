import type { Me, RequestRow } from '../../../../api/src/contract/index.ts';
import { isAnothers } from '../../parts/is-anothers.ts';

/** What I have myself, or am to have: what I asked for somebody else is of no use to me. */
export function ownOf<Row extends Pick<RequestRow, 'requester'>>(rows: readonly Row[], person: Pick<Me, 'userId' | 'userName'>): readonly Row[] {
  return rows.filter((row) => !isAnothers(row, person));
}

/**
 * What stands or is on its way, each once: what waits for approval is no access, and has a line on the card of what it extends. What goes on
 * by an extension of all its places is the extension's card alone, until the extension is over.
 */
export function cardsOf<Row extends Standing>(lines: readonly Row[]): readonly Row[] {
  const rows = [...new Map(lines.filter(({ status }) => status !== 'pending').map((row) => [row.requestId, row])).values()];
  return rows.filter((row) => !rows.some((other) => other.extends === row.requestId && isThere(other) && isThere(row) && coversAll(other, row)));
}

/** The extension that waits for approval, of what a card shows. Lists are read one by one: what one of them shows further waits no more. */
export function waitingExtension<Row extends Pick<RequestRow, 'requestId' | 'status' | 'extends'>>({ requestId }: Pick<RequestRow, 'requestId'>, all: readonly Row[]): Row | undefined {
  return all.find((row) => row.extends === requestId && row.status === 'pending' && !all.some((other) => other.requestId === row.requestId && other.status !== 'pending'));
}

/** What ends with it besides, in words, where it goes on by another request or is what another goes on by: ending either ends both. */
export function endsBesides(row: Pick<RequestRow, 'requestId' | 'extends'>, all: readonly Pick<RequestRow, 'status' | 'extends'>[]): string | undefined {
  if (row.extends !== undefined) return 'It ends as a whole: what it was extended from ends with it.';
  return all.some((other) => other.extends === row.requestId && other.status !== 'pending') ? 'It ends as a whole: what it was extended by ends with it.' : undefined;
}

/**
 * Whether to offer that it goes on, by what lines of a list show of one of theirs: what goes on by another of them, or waits to, goes on no
 * further by itself. `may.extend` of a request knows of extensions too that are not among these lines.
 */
export function mayExtend(row: Extendable, all: readonly Pick<RequestRow, 'requestId' | 'extends'>[], person: Pick<Me, 'userId' | 'userName' | 'mayAskForOthers'>): boolean {
  if (row.status !== 'active' || all.some((other) => other.extends === row.requestId)) return false;
  return !isAnothers(row, person) || (person.mayAskForOthers && !row.breakGlass);
}

type Extendable = Pick<RequestRow, 'requestId' | 'status' | 'requester' | 'breakGlass'>;

type Standing = Pick<RequestRow, 'requestId' | 'status' | 'extends' | 'targets'>;

/** Active, or about to be no more, as all of what is extended is at once. */
const isThere = ({ status }: Standing): boolean => status === 'active' || status === 'ending';

const placesOf = ({ targets }: Standing): readonly string[] => targets.map(({ accountId, accountName, permissionSetName }) => `${accountId ?? accountName} ${permissionSetName}`);

function coversAll(extension: Standing, extended: Standing): boolean {
  const places = new Set(placesOf(extension));
  return placesOf(extended).every((place) => places.has(place));
}
