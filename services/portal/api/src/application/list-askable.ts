import { kept } from '@team/runtime';
import type * as z from 'zod';
import type { Askable, askableQuestion, Askables } from '../contract/index.ts';
import { askableMatrix, breakGlass, withoutApproval, type AskableMatrix } from './askable-matrix.ts';
import type { People, Places, Services, Whose } from './ports.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

type Question = Omit<z.infer<typeof askableQuestion>, 'for'>;

interface MatrixPorts {
  readonly people: People;
  readonly places: Places;
  readonly services: Pick<Services, 'requestPolicies'>;
  /** The management account and TEAM's own. */
  readonly outOfReach: readonly string[];
  /** ms since the epoch */
  readonly now: () => number;
}

/** What was found out is good for so long. */
const rememberedMs = 60_000;
/** So many people are remembered, the latest; each takes up to 150 KB in an organization of 600 accounts and 80 permission sets. */
const mostRemembered = 200;

/** What each person may ask for, found out of the policies and remembered for a minute, so that a page, or a letter more in the search, costs a look alone. */
export function rememberedMatrix(ports: MatrixPorts): (person: Whose) => Promise<AskableMatrix> {
  return kept({ now: ports.now, maxAgeMs: rememberedMs, most: mostRemembered, keyOf: ({ userId }: Whose) => userId }, (person) => findOut(person, ports));
}

/**
 * Lists what somebody may ask for, sorted by account, then permission set.
 *
 * @throws ERR_CURSOR_INVALID
 */
export async function listAskable({ search = '', after, limit }: Question, person: Whose, { matrixOf }: { readonly matrixOf: (person: Whose) => Promise<AskableMatrix> }): Promise<Askables> {
  const matrix = await matrixOf(person);
  const from = after === undefined ? 0 : placeAfter(after, matrix);
  const items: Askable[] = [];
  for (const place of placesFor(search, matrix, from)) {
    if (items.length === limit) return { items, next: cursorOf(items) };
    const found = askableAt(place, matrix);
    if (found !== undefined) items.push(found);
  }
  return { items };
}

async function findOut(person: Whose, { people, places, services, outOfReach, now }: MatrixPorts): Promise<AskableMatrix> {
  const [standing, policies, accounts, permissionSets] = await Promise.all([
    // What is remembered for a minute must not be old before it is.
    standingOf(people, person, 'live'),
    services.requestPolicies('live'),
    places.accounts(),
    places.permissionSets(),
  ]);
  return askableMatrix(person, standing, { accounts, permissionSets, policies, outOfReach, now: now() });
}

/** Places from one on of which the account or the permission set has each word that is searched for. */
function* placesFor(search: string, { accounts, permissionSets }: AskableMatrix, from: number): Generator<number> {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const sets = permissionSets.map(({ name }) => name.toLowerCase());
  for (let row = Math.floor(from / Math.max(sets.length, 1)); row < accounts.length; row += 1) {
    const { id, name } = accounts[row] ?? { id: '', name: '' };
    const account = `${name.toLowerCase()} ${id}`;
    const missing = words.filter((word) => !account.includes(word));
    for (const [column, set] of sets.entries()) {
      const place = row * sets.length + column;
      if (place >= from && missing.every((word) => set.includes(word))) yield place;
    }
  }
}

function askableAt(place: number, { accounts, permissionSets, maximumMinutes, traits }: AskableMatrix): Askable | undefined {
  const longest = maximumMinutes[place] ?? 0;
  const account = accounts[Math.floor(place / permissionSets.length)];
  const set = permissionSets[place % permissionSets.length];
  if (longest === 0 || account === undefined || set === undefined) return undefined;
  const has = (trait: number): boolean => ((traits[place] ?? 0) & trait) !== 0;
  return {
    accountId: account.id,
    accountName: account.name,
    permissionSetArn: set.arn,
    permissionSetName: set.name,
    maximumMinutes: longest,
    approvalRequired: !has(withoutApproval),
    breakGlass: has(breakGlass),
  };
}

const cursorOf = (items: readonly Askable[]): string => {
  const last = items.at(-1);
  return Buffer.from(`${last?.accountId} ${last?.permissionSetArn}`).toString('base64url');
};

/** A place is named by what stands there, so that a list made anew goes on where the old one ended. */
function placeAfter(cursor: string, { accounts, permissionSets }: AskableMatrix): number {
  const [accountId, arn] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const row = accounts.findIndex(({ id }) => id === accountId);
  const column = permissionSets.findIndex((set) => set.arn === arn);
  if (row >= 0 && column >= 0) return row * permissionSets.length + column + 1;
  throw new Refusal('invalid', 'ERR_CURSOR_INVALID', 'this is no place at which the list goes on; ask without "after", from the beginning');
}
