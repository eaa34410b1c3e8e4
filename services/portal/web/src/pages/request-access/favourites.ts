import type { Askable } from '../../../../api/src/contract/index.ts';
import { stored } from '../../stored/stored.ts';

/** Kept by name, for the eye; what may be asked for is looked up anew. */
export type Favourite = Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'>;

const MOST = 24;

/** What this person asks for again and again, kept by this browser. */
export const favourites = stored<readonly Favourite[]>('team.favourites', parse, []);

function parse(value: unknown): readonly Favourite[] | undefined {
  return Array.isArray(value) ? (value as unknown[]).filter(isFavourite).slice(0, MOST) : undefined;
}

function isFavourite(value: unknown): value is Favourite {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return ['accountId', 'accountName', 'permissionSetArn', 'permissionSetName'].every((name) => typeof fields.get(name) === 'string');
}

/** The list with this one, or without it where it has it. */
export function toggled(list: readonly Favourite[], { accountId, accountName, permissionSetArn, permissionSetName }: Favourite): readonly Favourite[] {
  const others = list.filter((one) => one.accountId !== accountId || one.permissionSetArn !== permissionSetArn);
  return others.length < list.length ? others : [{ accountId, accountName, permissionSetArn, permissionSetName }, ...list].slice(0, MOST);
}
