import type { ReactElement } from 'react';
import type { RequestRow } from '../../../api/src/contract/index.ts';

/** Where to and as what, in a few words. */
export function targetsInWords(targets: RequestRow['targets']): string {
  return targets.map(({ accountName, permissionSetName }) => `${permissionSetName} in ${accountName}`).join(', ');
}

const SHOWN = 3;

/** Where to and as what, one a line; the rest of a long list is counted. */
export function Targets({ targets }: { targets: RequestRow['targets'] }): ReactElement {
  return (
    <>
      {targets.slice(0, SHOWN).map(({ accountId, accountName, permissionSetName }) => (
        <div key={`${accountId ?? accountName} ${permissionSetName}`} className="words">
          {permissionSetName} in {accountName}
        </div>
      ))}
      {targets.length > SHOWN && <div>and {targets.length - SHOWN} more</div>}
    </>
  );
}
