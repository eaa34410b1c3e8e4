import { stored } from '../../stored/stored.ts';
import { favouritesIn, type Favourite } from './favourite.ts';

/** What this person asks for again and again, kept by this browser. */
export const favourites = stored<readonly Favourite[]>('team.favourites', favouritesIn, []);
