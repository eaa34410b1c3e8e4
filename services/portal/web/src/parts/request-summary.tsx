import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import type { RequestRow } from '../../../api/src/contract/index.ts';
import { useRequest } from '../api/queries.ts';
import type { Verdict } from './decide-modal.tsx';
import { Decisions, WaitsFor } from './decisions.tsx';
import { minutesInWords } from './duration.ts';
import { Loading } from './loading.tsx';
import { PageLink } from './page-link.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { Status } from './status.tsx';
import { Time } from './time.tsx';

interface RequestSummaryProps {
  readonly row: RequestRow;
  /** Absent where it is decided already. */
  readonly decide: ((verdict: Verdict) => void) | undefined;
}

/** What an approver must know of a request: who, what, why, for how long, and whether this person had it before. */
export function RequestSummary({ row, decide }: RequestSummaryProps): ReactElement {
  const { data, error } = useRequest(row.requestId);
  const may = data?.may.decide ?? true;
  return (
    <SpaceBetween size="m">
      {row.breakGlass && <Alert type="warning">Break glass: this access was taken without approval.</Alert>}
      {row.inPlaceOf !== undefined && <Alert type="info"><span className="words">You decide in place of {row.inPlaceOf}.</span></Alert>}
      {decide && may && (
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => decide('deny')}>Deny</Button>
          <Button variant="primary" onClick={() => decide('approve')}>Approve</Button>
        </SpaceBetween>
      )}
      {decide && !may && <Alert type="info">You cannot decide on this one any more.</Alert>}
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Status', value: <Status status={data?.row.status ?? row.status} /> },
          { label: 'Who', value: <span className="words">{row.requester.userName}{row.askedBy !== undefined && row.askedBy !== row.requester.userName ? `, asked by ${row.askedBy}` : ''}</span> },
          { label: 'What', value: row.targets.map(({ accountId, accountName, permissionSetName }) => <div key={`${accountId ?? accountName} ${permissionSetName}`} className="words">{permissionSetName} in {accountName}{accountId === undefined ? '' : ` (${accountId})`}</div>) },
          { label: 'When', value: <>{row.startAt === undefined ? 'as soon as it is approved' : <Time at={row.startAt} />}, for {row.durationMinutes === undefined ? 'the usual time' : minutesInWords(row.durationMinutes)}</> },
          { label: 'Justification', value: <span className="words">{row.justification ?? '–'}</span> },
          { label: 'Ticket', value: <span className="words">{row.ticket ?? '–'}</span> },
        ]}
      />
      {error && <ProblemAlert error={error} />}
      {data ? (
        <SpaceBetween size="m">
          <KeyValuePairs columns={1} items={[{ label: 'Had it before', value: before(data.requesterBefore) }]} />
          {data.warnings.length > 0 && <Alert type="warning" header="To be aware of">{data.warnings.map(({ code, message }) => <div key={code + message} className="words">{message}</div>)}</Alert>}
          <WaitsFor stages={data.waitsFor} />
          <Decisions decisions={data.decisions} />
        </SpaceBetween>
      ) : (
        !error && <Loading what="what is known about it" />
      )}
      <PageLink to={`/requests/${row.requestId}`}>Everything about this request</PageLink>
    </SpaceBetween>
  );
}

function before(had: readonly { accountName: string; permissionSetName: string; times: number }[]): ReactElement {
  if (had.length === 0) return <>not known to be</>;
  return (
    <>
      {had.map(({ accountName, permissionSetName, times }) => (
        <div key={`${accountName} ${permissionSetName}`} className="words">
          {permissionSetName} in {accountName}: {times === 0 ? 'never' : times === 1 ? 'once' : `${times} times`}
        </div>
      ))}
    </>
  );
}
