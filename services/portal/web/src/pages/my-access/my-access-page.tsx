import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import { useMyStanding } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { usePerson } from '../../shell/person.ts';
import { AccessCard } from './access-card.tsx';
import { cardsOf, ownOf } from './may-extend.ts';

const HowToUse = lazy(async () => ({ default: (await import('./how-to-use.tsx')).HowToUse }));

/** What I have now or will have, and how to use it. */
export default function MyAccessPage(): ReactElement {
  const lists = useMyStanding();
  const lines = lists.flatMap(({ data }) => data?.items ?? []);
  const rows = cardsOf(lines);
  const own = ownOf(rows, usePerson());
  const failed = lists.find(({ error }) => error !== null);
  const waiting = lists.some(({ isPending }) => isPending);
  return (
    <Page title="My access" description="What you have now, and what is on its way." actions={<PageButton variant="primary" to="/request">Request access</PageButton>}>
      <SpaceBetween size="l">
        {failed?.error && <ProblemAlert error={failed.error} retry={() => lists.forEach((list) => void list.refetch())} />}
        {rows.map((row) => <AccessCard key={row.requestId} row={row} all={lines} />)}
        {rows.length === 0 && waiting && <Loading what="your access" />}
        {rows.length === 0 && !waiting && !failed && (
          <NothingHere title="You have no access at the moment" action={<PageButton to="/request">Request access</PageButton>}>
            What you ask for shows here as soon as it is there.
          </NothingHere>
        )}
        {own.some(({ status }) => status === 'active') ? <Suspense fallback={null}><HowToUse rows={own} /></Suspense> : own.length > 0 && <Alert type="info">It can be used as soon as its status is “Active”.</Alert>}
      </SpaceBetween>
    </Page>
  );
}
