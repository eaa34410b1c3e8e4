import { useMe } from '../../api/queries.ts';
import { stored, useStored, type Stored } from '../../stored/stored.ts';
import { favouritesIn, type Favourite } from './favourite.ts';

const kept = new Map<string, Stored<readonly Favourite[]>>();

/** What a person asks for again and again, kept by this browser under their id: whoever signs in there next has their own. */
export function useFavourites(): [readonly Favourite[], (favourites: readonly Favourite[]) => void] {
  const { data: me } = useMe();
  return useStored(favouritesOf(me?.userId ?? ''));
}

function favouritesOf(userId: string): Stored<readonly Favourite[]> {
  const known = kept.get(userId) ?? stored<readonly Favourite[]>(`team.favourites.${userId}`, favouritesIn, []);
  kept.set(userId, known);
  return known;
}
