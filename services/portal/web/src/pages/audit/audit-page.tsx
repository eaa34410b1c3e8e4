import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { ProblemError } from '../../api/problem-error.ts';
import { rowsOf, useRequests } from '../../api/queries.ts';
import { ForReaders } from '../../parts/for-readers.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { columns } from '../../parts/request-columns.tsx';
import { RequestsTable } from '../../parts/requests-table.tsx';
import { useSettled } from '../../parts/settled.ts';
import { asStatus } from '../../parts/status.tsx';
import { StatusFilter } from '../../parts/status-filter.tsx';
import { Page } from '../../shell/page.tsx';
import { columnChoices } from '../../stored/columns.ts';
import { csvOf } from './csv.ts';
import { download } from './download.ts';

const choices = columnChoices('all', ['request', 'person', 'status', 'asked', 'duration', 'ends', 'justification', 'ticket'], columns.map(({ id }) => id));
const SETTLED_MS = 400;
const ACCOUNT = /^\d{12}$/;

/** Requests of everybody. What is searched for stands in the address, so that a search can be sent to somebody. */
export default function AuditPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const [person, setPerson] = useState(search.get('person') ?? '');
  const [account, setAccount] = useState(search.get('account') ?? '');
  const [status, setStatus] = useState(asStatus(search.get('status')));
  const settled = useSettled([person.trim(), account.trim(), status ?? ''].join('\n'), SETTLED_MS);
  // Only what differs: whoever is on the way to another page is not called back.
  const takeOver = useEffectEvent((words: string): void => {
    const [who = '', where = '', how = ''] = words.split('\n');
    const given = Object.entries({ person: who, account: where, status: how });
    if (given.some(([name, value]) => value !== (search.get(name) ?? ''))) setSearch(Object.fromEntries(given.filter(([, value]) => value !== '')), { replace: true });
  });
  useEffect(() => takeOver(settled), [settled]);

  const accountId = search.get('account') ?? undefined;
  const query = useRequests({ list: 'all', status: asStatus(search.get('status')), person: search.get('person') ?? undefined, accountId: accountId !== undefined && ACCOUNT.test(accountId) ? accountId : undefined });
  const rows = rowsOf(query.data);
  const half = account.trim() !== '' && !ACCOUNT.test(account.trim());
  if (query.error instanceof ProblemError && query.error.status === 403) return <ForReaders title="Audit" error={query.error} />;
  return (
    <Page title="Audit" description="Every request. Open one for its timeline, its decisions and what was done under it.">
      <RequestsTable
        title="Requests" query={query} choices={choices}
        empty={<NothingHere title="No request is like that">Names are user names in full, accounts are twelve digits.</NothingHere>}
        actions={<Button iconName="download" disabled={rows.length === 0} onClick={() => download('requests.csv', csvOf(rows))}>Export what is loaded (CSV)</Button>}
        filters={
          <SpaceBetween direction="horizontal" size="xs">
            <Input type="search" ariaLabel="User name of the requester" placeholder="User name" value={person} onChange={({ detail }) => setPerson(detail.value)} />
            <Input type="search" ariaLabel="Account, twelve digits" placeholder="Account number" inputMode="numeric" invalid={half} value={account} onChange={({ detail }) => setAccount(detail.value)} />
            <StatusFilter status={status} choose={setStatus} />
          </SpaceBetween>
        }
      />
    </Page>
  );
}
