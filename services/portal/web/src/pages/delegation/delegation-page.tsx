import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useDelegations } from '../../api/delegations.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { AwayForm } from './away-form.tsx';
import { DelegationOutcome } from './delegation-outcome.tsx';
import { ForOthers, MyDelegates } from './standing-tables.tsx';

/** Who decides in the reader's place while they are away, and in whose place they decide. */
export default function DelegationPage(): ReactElement {
  const [sent, setSent] = useState<string>();
  const { data, error, refetch } = useDelegations();
  return (
    <Page title="Delegation" description="While you are away, somebody else can decide in your place on what you are asked to approve. They find it under Approvals, with your name.">
      <SpaceBetween size="l">
        {error && <ProblemAlert error={error} retry={() => void refetch()} />}
        {sent !== undefined && <DelegationOutcome href={sent} />}
        {data ? (
          <SpaceBetween size="l">
            <MyDelegates mine={data.mine} sent={setSent} />
            <ForOthers forOthers={data.forOthers} />
          </SpaceBetween>
        ) : (
          !error && <Loading what="who decides for whom" />
        )}
        <AwayForm sent={setSent} />
      </SpaceBetween>
    </Page>
  );
}
