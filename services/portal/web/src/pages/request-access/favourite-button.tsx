import Button from '@cloudscape-design/components/button';
import type { ReactElement } from 'react';
import { isSame, nameOf, toggled, type Favourite } from './favourite.ts';
import { useFavourites } from './favourites.ts';

/** Keeps what is chosen as a favourite, or no more. */
export function FavouriteButton({ favourite }: { favourite: Favourite }): ReactElement {
  const [kept, keep] = useFavourites();
  const isKept = kept.some((one) => isSame(one, favourite));
  const name = nameOf(favourite);
  return <Button variant="icon" iconName={isKept ? 'star-filled' : 'star'} ariaLabel={isKept ? `No favourite any more: ${name}` : `Keep as a favourite: ${name}`} onClick={() => keep(toggled(kept, favourite))} />;
}
