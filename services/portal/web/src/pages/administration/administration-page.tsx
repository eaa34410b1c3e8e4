import Tabs from '@cloudscape-design/components/tabs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { usePolicies } from '../../api/administration.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { ForReaders } from '../../parts/for-readers.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { EmittersTab } from './emitters-tab.tsx';
import { ExplainTab } from './explain-tab.tsx';
import { PoliciesTab } from './policies-tab.tsx';
import { ProposalsTab } from './proposals-tab.tsx';

/** What everybody is governed by. Which part is looked at stands in the address, so that it can be sent to somebody. */
export default function AdministrationPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const { data, error, refetch } = usePolicies();
  const description = data?.mayChange === false ? 'Policies, proposals and emitters as they stand. Administrators change them.' : 'Who may ask for what, who may say yes, and the limits that hold whatever a policy says.';
  if (error instanceof ProblemError && error.status === 403) return <ForReaders title="Administration" error={error} />;
  return (
    <Page title="Administration" description={description}>
      <SpaceBetween size="m">
        {error && <ProblemAlert error={error} retry={() => void refetch()} />}
        {data ? (
          <Tabs
            ariaLabel="Parts of the administration"
            activeTabId={search.get('tab') ?? 'policies'}
            onChange={({ detail }) => setSearch({ tab: detail.activeTabId })}
            tabs={[
              { id: 'policies', label: 'Policies', content: <PoliciesTab now={data} /> },
              { id: 'proposals', label: `Proposals (${data.proposals.length})`, content: <ProposalsTab proposals={data.proposals} /> },
              { id: 'explain', label: 'Explain', content: <ExplainTab /> },
              { id: 'emitters', label: 'Emitters', content: <EmittersTab emitters={data.emitters} /> },
            ]}
          />
        ) : (
          !error && <Loading what="the policies" />
        )}
      </SpaceBetween>
    </Page>
  );
}
