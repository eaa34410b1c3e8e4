import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useDelegations } from '../../api/delegations.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { AwayForm } from './away-form.tsx';
import { ForOthers, MyDelegates } from './standing-tables.tsx';

/** What is judged shows within so long (ms). What does not show after that was refused, or the approval service is slow: nothing tells one from the other. */
const JUDGED_AFTER_MS = 10_000;

/** Who decides in the reader's place while they are away, and in whose place they decide. */
export default function DelegationPage(): ReactElement {
  const [sent, setSent] = useState<{ readonly delegationId: string; readonly at: number; readonly stood?: true }>();
  const { data, error, dataUpdatedAt, refetch } = useDelegations();
  const stands = data?.mine.some(({ delegationId }) => delegationId === sent?.delegationId) === true;
  // What stood once may be taken back, which is no refusal.
  if (sent && stands && !sent.stood) setSent({ ...sent, stood: true });
  // Reckoned by when it was last read, so that an outage does not count.
  const late = sent !== undefined && !sent.stood && dataUpdatedAt > sent.at + JUDGED_AFTER_MS;
  return (
    <Page title="Delegation" description="While you are away, somebody else can decide in your place on what you are asked to approve.">
      <SpaceBetween size="l">
        {error && <ProblemAlert error={error} retry={() => void refetch()} />}
        <Alert type="info">Whoever decides for you does not see your approvals in these pages yet. They decide in another channel, if your organization has one.</Alert>
        <div role="status">
          {sent && stands && <Alert type="success">It stands.</Alert>}
          {sent && !sent.stood && !late && <Alert type="info">Sent. It is judged now.</Alert>}
          {late && (
            <Alert type="warning" header="It does not stand yet">
              It was refused, or is still being judged. Somebody cannot decide for you who does not exist or is disabled, who is away in that time and has somebody stand in, or while another stands in for you already; nor can you pass on what you do for others.
            </Alert>
          )}
        </div>
        {data ? (
          <SpaceBetween size="l">
            <MyDelegates mine={data.mine} />
            <ForOthers forOthers={data.forOthers} />
          </SpaceBetween>
        ) : (
          !error && <Loading what="who decides for whom" />
        )}
        <AwayForm sent={(delegationId) => setSent({ delegationId, at: Date.now() })} />
      </SpaceBetween>
    </Page>
  );
}
