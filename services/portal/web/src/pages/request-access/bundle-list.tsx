import Box from '@cloudscape-design/components/box';
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactElement } from 'react';
import type { AskableBundle, Preview } from '../../../../api/src/contract/index.ts';
import { extentOf, heldBy, verdictOn, type HeldTarget } from './bundles.ts';
import { sameTarget } from './draft.ts';
import { FavouriteButton } from './favourite-button.tsx';
import { Verdict } from './verdict.tsx';

interface BundleListProps {
  readonly bundles: readonly AskableBundle[];
  /** Whose list they are chosen out of. */
  readonly whose: string | undefined;
  /** What would become of them, as far as that is known. */
  readonly preview: Preview | undefined;
  readonly remove: (bundle: AskableBundle) => void;
}

/** So many targets are seen at once. */
const OPEN_UP_TO = 5;

/** Bundles that are asked for, each with what it holds and what would become of that. */
export function BundleList({ bundles, whose, preview, remove }: BundleListProps): ReactElement {
  return (
    <ul className="targets">
      {bundles.map((bundle) => (
        <li key={bundle.bundleId}>
          <Held bundle={bundle} whose={whose} preview={preview} />
          <SpaceBetween direction="horizontal" size="xxs">
            <FavouriteButton favourite={bundle} />
            <Button variant="icon" iconName="remove" ariaLabel={`Remove bundle ${bundle.bundleId}`} onClick={() => remove(bundle)} />
          </SpaceBetween>
        </li>
      ))}
    </ul>
  );
}

function Held({ bundle, whose, preview }: Pick<BundleListProps, 'whose' | 'preview'> & { bundle: AskableBundle }): ReactElement {
  const { bundleId, description, targetCount } = bundle;
  const held = heldBy(bundle);
  // What two have in common, or is chosen by itself too, is judged once, wherever it came from.
  const judgedOf = (target: HeldTarget): Preview['targets'][number] | undefined => preview?.targets.find((one) => sameTarget(one, target));
  const verdict = verdictOn(held.flatMap((target) => judgedOf(target) ?? []));
  return (
    <div className="bundle">
      <b className="words">{bundleId}</b> <Badge>Bundle</Badge> <Box variant="span" color="text-body-secondary">{extentOf(bundle, whose)}</Box>
      {description !== undefined && <div className="words">{description}</div>}
      {verdict && <StatusIndicator type={verdict.type}>{verdict.text}</StatusIndicator>}
      <ExpandableSection variant="footer" headerText={`What ${bundleId} holds now`} defaultExpanded={held.length <= OPEN_UP_TO}>
        <ul>
          {held.map((target) => (
            <li key={`${target.accountId} ${target.permissionSetArn}`}>
              <span className="words">{target.name}</span> <Box variant="span" color="text-body-secondary">{target.accountId}</Box>
              <Verdict judged={judgedOf(target)} />
            </li>
          ))}
        </ul>
        {targetCount > held.length && <p>{`And ${targetCount - held.length} more, which do not fit in one request.`}</p>}
      </ExpandableSection>
    </div>
  );
}
