import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RequestRow } from '../../../../api/src/contract/index.ts';
import { rowsOf, useRequests } from '../../api/queries.ts';
import { EndRequest } from '../../parts/end-request.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { columns } from '../../parts/request-columns.tsx';
import { RequestsTable } from '../../parts/requests-table.tsx';
import { targetsInWords } from '../../parts/targets.tsx';
import { Page } from '../../shell/page.tsx';
import { InSplitPanel } from '../../shell/split-panel.tsx';
import { columnChoices } from '../../stored/columns.ts';
import { RequestSummary } from '../../parts/request-summary.tsx';

const choices = columnChoices('active', ['request', 'person', 'status', 'ends', 'justification', 'ticket'], columns.map(({ id }) => id));

/** Access that stands or is on its way, of everybody whom the caller may see, to be revoked. */
export default function ActiveAccessPage(): ReactElement {
  const [chosenId, setChosenId] = useState<string>();
  const query = useRequests({ list: 'active' });
  const chosen = rowsOf(query.data).filter(({ requestId }) => requestId === chosenId);
  const one = chosen[0];
  return (
    <Page title="Active access" description="Access that stands or is on its way. Choose one to see it or to revoke it.">
      <RequestsTable
        title="Access" query={query} choices={choices}
        empty={<NothingHere title="Nobody has access at the moment">As far as you may see it.</NothingHere>}
        selection={{ chosen, choose: (rows) => setChosenId(rows.at(-1)?.requestId), single: true }}
        actions={one && <EndRequest key={one.requestId} requestId={one.requestId} about={about(one)} kind="revoke" />}
      />
      {one && (
        <InSplitPanel header={about(one)} onClose={() => setChosenId(undefined)}>
          <RequestSummary row={one} decide={undefined} />
        </InSplitPanel>
      )}
    </Page>
  );
}

function about({ requester, targets }: RequestRow): string {
  return `${requester.userName}: ${targetsInWords(targets)}`;
}
