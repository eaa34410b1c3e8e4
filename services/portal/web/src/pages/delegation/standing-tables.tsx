import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactElement } from 'react';
import type { DelegationsNow } from '../../../../api/src/contract/index.ts';
import { useDelegate } from '../../api/delegations.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Time } from '../../parts/time.tsx';

type Mine = DelegationsNow['mine'][number];
type ForOther = DelegationsNow['forOthers'][number];

const times: readonly TableProps.ColumnDefinition<{ readonly from: string; readonly until: string }>[] = [
  { id: 'from', header: 'From', minWidth: 190, cell: ({ from }) => <Time at={from} /> },
  { id: 'until', header: 'Until', minWidth: 190, cell: ({ until }) => <Time at={until} /> },
];

/** Who decides for the reader, to be taken back; `sent`: where the outcome of that will stand. */
export function MyDelegates({ mine, sent }: { mine: readonly Mine[]; sent: (href: string) => void }): ReactElement {
  const withdraw = useDelegate();
  const columns: readonly TableProps.ColumnDefinition<Mine>[] = [
    { id: 'who', header: 'Who decides', isRowHeader: true, minWidth: 220, cell: ({ delegate }) => <span className="words">{delegate}</span> },
    ...times,
    {
      id: 'actions', header: 'Take back', minWidth: 140,
      cell: ({ delegationId, delegate, from, until }) => <Button variant="inline-link" loading={withdraw.isPending && withdraw.variables.delegationId === delegationId} ariaLabel={`Take back: ${delegate}`} onClick={() => withdraw.mutate({ delegationId, from, until }, { onSuccess: ({ href }) => sent(href) })}>Take back</Button>,
    },
  ];
  return (
    <>
      {withdraw.error && <ProblemAlert error={withdraw.error} onDismiss={() => withdraw.reset()} />}
      <Table items={mine} trackBy="delegationId" columnDefinitions={columns} wrapLines enableKeyboardNavigation ariaLabels={{ tableLabel: 'Who decides for you' }} header={<Header variant="h2" counter={`(${mine.length})`}>Who decides for you</Header>} empty={<NothingHere title="Nobody decides for you">What you are asked to approve waits for you, or for others who may approve it.</NothingHere>} />
    </>
  );
}

/** For whom the reader decides. */
export function ForOthers({ forOthers }: { forOthers: readonly ForOther[] }): ReactElement | null {
  if (forOthers.length === 0) return null;
  const columns: readonly TableProps.ColumnDefinition<ForOther>[] = [{ id: 'whom', header: 'For whom', isRowHeader: true, minWidth: 220, cell: ({ delegator }) => <span className="words">{delegator}</span> }, ...times];
  return <Table items={forOthers} trackBy="delegationId" columnDefinitions={columns} wrapLines enableKeyboardNavigation ariaLabels={{ tableLabel: 'For whom you decide' }} header={<Header variant="h2" counter={`(${forOthers.length})`}>For whom you decide</Header>} />;
}
