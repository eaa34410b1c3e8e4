import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { askableQuery } from '../../api/queries.ts';
import { bundlesQuery } from './bundles.ts';
import { sameTarget, type Chosen } from './draft.ts';
import { isSame, keyOf, nameOf, type Favourite } from './favourite.ts';
import { useFavourites } from './favourites.ts';
import { pickFavourite } from './pick-favourite.ts';

interface FavouritesListProps {
  /** Whose list is chosen from; undefined: not known yet. */
  readonly whose: string | undefined;
  readonly chosen: Chosen;
  /** Says whether it did: not where the request is for somebody else by now. */
  readonly add: (found: Chosen) => boolean;
}

/** Favourites, each a button that adds it. Whether it may still be asked for is looked up when it is pressed. */
export function FavouritesList({ whose, chosen, add }: FavouritesListProps): ReactElement | null {
  const [kept] = useFavourites();
  const [said, setSaid] = useState('');
  const client = useQueryClient();
  if (kept.length === 0) return null;

  const find = async (favourite: Favourite): Promise<Chosen> => {
    if ('bundleId' in favourite) return { targets: [], bundles: (await client.fetchQuery(bundlesQuery(whose))).items.filter((one) => isSame(one, favourite)) };
    return { targets: (await client.fetchQuery(askableQuery(favourite.accountId, whose))).items.filter((one) => sameTarget(one, favourite)), bundles: [] };
  };
  const pick = async (favourite: Favourite): Promise<void> => setSaid(await pickFavourite(favourite, { whose, find, add }));
  return (
    <FormField label="Favourites" constraintText={<span role="status">{said}</span>} stretch>
      <SpaceBetween direction="horizontal" size="xs">
        {kept.map((favourite) => (
          <Button key={keyOf(favourite)} iconName="star-filled" disabled={whose === undefined || [...chosen.targets, ...chosen.bundles].some((one) => isSame(one, favourite))} onClick={() => void pick(favourite)}>
            {nameOf(favourite)}
          </Button>
        ))}
      </SpaceBetween>
    </FormField>
  );
}
