import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Status } from '../../../../api/src/contract/index.ts';
import { useRequests } from '../../api/queries.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { columns } from '../../parts/request-columns.tsx';
import { RequestsTable } from '../../parts/requests-table.tsx';
import { StatusFilter } from '../../parts/status-filter.tsx';
import { Page } from '../../shell/page.tsx';
import { columnChoices } from '../../stored/columns.ts';

const choices = columnChoices('mine', ['request', 'status', 'asked', 'duration', 'ends', 'ticket'], columns.map(({ id }) => id));

/** Everything that I asked for, or that somebody asked for me. */
export default function MyRequestsPage(): ReactElement {
  const [status, setStatus] = useState<Status>();
  const query = useRequests({ list: 'mine', status });
  const empty = (
    <NothingHere title={status === undefined ? 'You have not asked for anything yet' : 'None of your requests has this status'} action={<PageButton to="/request">Request access</PageButton>} />
  );
  return (
    <Page title="My requests" description="Everything that you asked for, newest first." actions={<PageButton variant="primary" to="/request">Request access</PageButton>}>
      <RequestsTable title="Requests" query={query} choices={choices} empty={empty} filters={<StatusFilter status={status} choose={setStatus} />} />
    </Page>
  );
}
