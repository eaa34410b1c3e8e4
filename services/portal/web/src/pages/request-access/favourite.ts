import type { Askable, AskableBundle } from '../../../../api/src/contract/index.ts';
import { sameTarget } from './draft.ts';

type FavouriteTarget = Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'>;
type FavouriteBundle = Pick<AskableBundle, 'bundleId'>;

/** Kept by name, for the eye; what may be asked for is looked up anew. */
export type Favourite = FavouriteTarget | FavouriteBundle;

const MOST = 24;

/** The favourites that are kept in a browser; undefined where it is no list of any. What another version kept there, or somebody's hand, is left out. */
export function favouritesIn(value: unknown): readonly Favourite[] | undefined {
  return Array.isArray(value) ? (value as unknown[]).filter(isFavourite).slice(0, MOST) : undefined;
}

function isFavourite(value: unknown): value is Favourite {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  const says = (names: readonly string[]): boolean => names.every((name) => typeof fields.get(name) === 'string');
  return says(['bundleId']) || says(['accountId', 'accountName', 'permissionSetArn', 'permissionSetName']);
}

/** Whether both are the same target, or the same bundle. */
export function isSame(one: Favourite, other: Favourite): boolean {
  if ('bundleId' in one || 'bundleId' in other) return 'bundleId' in one && 'bundleId' in other && one.bundleId === other.bundleId;
  return sameTarget(one, other);
}

/** `ReadOnlyAccess in Prod 002`, `payments-read (bundle)` */
export function nameOf(favourite: Favourite): string {
  return 'bundleId' in favourite ? `${favourite.bundleId} (bundle)` : `${favourite.permissionSetName} in ${favourite.accountName}`;
}

/** What tells it from every other: names of accounts are not unique. */
export function keyOf(favourite: Favourite): string {
  return 'bundleId' in favourite ? `bundle ${favourite.bundleId}` : `${favourite.accountId} ${favourite.permissionSetArn}`;
}

/** The list with this one, or without it where it has it. */
export function toggled(list: readonly Favourite[], favourite: Favourite): readonly Favourite[] {
  const others = list.filter((one) => !isSame(one, favourite));
  return others.length < list.length ? others : [kept(favourite), ...list].slice(0, MOST);
}

/** What is kept of it. */
function kept(favourite: Favourite): Favourite {
  if ('bundleId' in favourite) return { bundleId: favourite.bundleId };
  const { accountId, accountName, permissionSetArn, permissionSetName } = favourite;
  return { accountId, accountName, permissionSetArn, permissionSetName };
}
