import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Askable } from '../../../../api/src/contract/index.ts';
import { askableQuery } from '../../api/queries.ts';
import { useStored } from '../../stored/stored.ts';
import { sameTarget } from './draft.ts';
import { favourites } from './favourites.ts';
import type { Favourite } from './favourites.ts';

/** Favourites, each a button that adds it. Whether it may still be asked for is looked up when it is pressed. */
export function FavouritesList({ chosen, add }: { chosen: readonly Askable[]; add: (target: Askable) => void }): ReactElement | null {
  const [kept] = useStored(favourites);
  const [said, setSaid] = useState('');
  const client = useQueryClient();
  if (kept.length === 0) return null;

  const pick = async (favourite: Favourite): Promise<void> => {
    const name = `${favourite.permissionSetName} in ${favourite.accountName}`;
    try {
      const { items } = await client.fetchQuery(askableQuery(favourite.accountId));
      const target = items.find((one) => sameTarget(one, favourite));
      if (target) add(target);
      setSaid(target ? `${name} was added.` : `You may not ask for ${name} any more.`);
    } catch (error) {
      setSaid(`${name} could not be looked up: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <FormField label="Favourites" constraintText={<span role="status">{said}</span>} stretch>
      <SpaceBetween direction="horizontal" size="xs">
        {kept.map((favourite) => (
          <Button key={favourite.accountId + favourite.permissionSetArn} iconName="star-filled" disabled={chosen.some((one) => sameTarget(one, favourite))} onClick={() => void pick(favourite)}>
            {`${favourite.permissionSetName} in ${favourite.accountName}`}
          </Button>
        ))}
      </SpaceBetween>
    </FormField>
  );
}
