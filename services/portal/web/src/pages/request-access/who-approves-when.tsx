import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import type { Preview } from '../../../../api/src/contract/index.ts';
import { waysAhead } from '../../parts/approval/approval-steps.ts';
import { Loading } from '../../parts/loading.tsx';
import type { Chosen } from './draft.ts';

const ApprovalPicture = lazy(() => import('../../parts/approval/approval-picture.tsx'));

/** Who would be asked for approval, stage by stage; nothing where nobody would. */
export function WhoApprovesWhen({ preview, draft }: { readonly preview: Preview; readonly draft: Chosen }): ReactElement | null {
  const accounts = new Map([...draft.targets, ...draft.bundles.flatMap((bundle) => bundle.accounts)].map(({ accountId, accountName }) => [accountId, accountName]));
  const permissionSets = new Map([...draft.targets, ...draft.bundles.flatMap((bundle) => bundle.permissionSets)].map(({ permissionSetArn, permissionSetName }) => [permissionSetArn, permissionSetName]));
  const ways = waysAhead(preview, ({ accountId, permissionSetArn }) => `${permissionSets.get(permissionSetArn) ?? permissionSetArn} in ${accounts.get(accountId) ?? accountId}`);
  if (ways.length === 0) return null;
  return (
    <Container header={<Header variant="h2">Who approves when</Header>}>
      <Suspense fallback={<Loading what="who approves when" />}>
        <ApprovalPicture ways={ways} />
      </Suspense>
    </Container>
  );
}
