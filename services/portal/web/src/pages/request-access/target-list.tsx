import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import type { Askable, Preview } from '../../../../api/src/contract/index.ts';
import { sameTarget } from './draft.ts';
import { FavouriteButton } from './favourite-button.tsx';
import { Verdict } from './verdict.tsx';

interface TargetListProps {
  readonly targets: readonly Askable[];
  /** What would become of them, as far as that is known. */
  readonly preview: Preview | undefined;
  /** Absent where they cannot be changed. */
  readonly remove: ((target: Askable) => void) | undefined;
}

/** What is asked for, each with what would become of it. */
export function TargetList({ targets, preview, remove }: TargetListProps): ReactElement {
  return (
    <ul className="targets">
      {targets.map((target) => {
        const { accountId, accountName, permissionSetArn, permissionSetName } = target;
        const name = `${permissionSetName} in ${accountName}`;
        return (
          <li key={`${accountId} ${permissionSetArn}`}>
            <div>
              <b className="words">{name}</b> <Box variant="span" color="text-body-secondary">{accountId}</Box> {target.breakGlass && <Badge>Break glass possible</Badge>}
              <Verdict judged={preview?.targets.find((one) => sameTarget(one, target))} />
            </div>
            <SpaceBetween direction="horizontal" size="xxs">
              <FavouriteButton favourite={target} />
              {remove && <Button variant="icon" iconName="remove" ariaLabel={`Remove ${name}`} onClick={() => remove(target)} />}
            </SpaceBetween>
          </li>
        );
      })}
    </ul>
  );
}
