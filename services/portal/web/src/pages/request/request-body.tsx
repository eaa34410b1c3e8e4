import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import type { RequestDetail } from '../../../../api/src/contract/index.ts';
import { isFinal } from '../../api/statuses.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { waySoFar } from '../../parts/approval/approval-steps.ts';
import { minutesInWords } from '../../parts/duration.ts';
import { isAnothers } from '../../parts/is-anothers.ts';
import { Loading } from '../../parts/loading.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Status } from '../../parts/status.tsx';
import { Targets } from '../../parts/targets.tsx';
import { Time } from '../../parts/time.tsx';
import { usePerson } from '../../shell/person.ts';
import { Activity } from './activity.tsx';
import { Grants } from './grants.tsx';
import { History } from './history.tsx';
import { LifePicture } from './life-picture.tsx';
import { VerifyTrail } from './verify-trail.tsx';

const ApprovalPicture = lazy(() => import('../../parts/approval/approval-picture.tsx'));

/** Everything about one request, what matters first. */
export function RequestBody({ detail }: { detail: RequestDetail }): ReactElement {
  const { row, grants, reasons, warnings, review, approval } = detail;
  const person = usePerson();
  const { auditor, administrator } = person.personas;
  const ending = isAnothers(row, person) ? 'revoke' : 'end';
  return (
    <SpaceBetween size="l">
      {row.breakGlass && <Alert type="warning" header="Break glass">This access was taken without approval. It is reviewed afterwards{review ? `: ${reviewInWords(review)}` : ''}.</Alert>}
      {reasons.length > 0 && <Alert type="error" header="Why it came to nothing"><Messages of={reasons} /></Alert>}
      {warnings.length > 0 && <Alert type="warning" header="To be aware of"><Messages of={warnings.map(({ message }) => ({ message }))} /></Alert>}
      <Container header={<Header variant="h2">What was asked</Header>}>
        <SpaceBetween size="l">
          {/* Whoever listens instead of looking hears each change of the status, and nothing else. */}
          <div role="status"><Status status={row.status} /></div>
          <KeyValuePairs columns={3} items={facts(detail)} />
        </SpaceBetween>
      </Container>
      {approval.length > 0 && (
        <Container header={<Header variant="h2">Approval</Header>}>
          <SpaceBetween size="m">
            {row.inPlaceOf !== undefined && <Alert type="info"><span className="words">You decide in place of {row.inPlaceOf}.</span></Alert>}
            <Suspense fallback={<Loading what="who approves when" />}>
              <ApprovalPicture ways={approval.map((chain) => waySoFar(chain, row.status === 'pending'))} />
            </Suspense>
            {row.status === 'pending' && row.deadlineAt !== undefined && <Box color="text-body-secondary">Unless enough agree by <Time at={row.deadlineAt} />, it comes to nothing.</Box>}
          </SpaceBetween>
        </Container>
      )}
      {grants.length > 0 && <Grants requestId={row.requestId} grants={grants} ending={detail.may.end ? ending : undefined} />}
      {grants.length > 0 && <Activity requestId={row.requestId} grants={grants} />}
      <Container header={<Header variant="h2">What happened</Header>}>
        <SpaceBetween size="l">
          <LifePicture detail={detail} />
          <History history={detail.history} />
          {(auditor || administrator) && <VerifyTrail requestId={row.requestId} />}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

function facts({ row, ...detail }: RequestDetail): KeyValuePairsProps.Item[] {
  return [
    { label: 'Access', value: <><Targets targets={row.targets} />{row.breakGlass && <Badge color="red">Break glass</Badge>}</> },
    { label: 'Requester', value: <span className="words">{row.requester.userName}{row.askedBy !== undefined && row.askedBy !== row.requester.userName ? `, asked by ${row.askedBy}` : ''}</span> },
    { label: 'Asked', value: <Time at={row.askedAt} /> },
    ...(row.startAt === undefined ? [] : [{ label: 'From', value: <Time at={row.startAt} /> }]),
    { label: 'For', value: row.durationMinutes === undefined ? '–' : minutesInWords(row.durationMinutes) },
    ...(row.endsAt === undefined ? [] : [{ label: isFinal(row.status) ? 'Ended' : 'Ends', value: <><Time at={row.endsAt} seconds /> {row.status === 'active' && <>(in <Countdown until={row.endsAt} />)</>}</> }]),
    ...(row.deadlineAt === undefined || row.status !== 'pending' ? [] : [{ label: 'To be decided within', value: <Countdown until={row.deadlineAt} over="over" /> }]),
    { label: 'Ticket', value: <span className="words">{row.ticket ?? '–'}</span> },
    { label: 'Justification', value: <span className="words">{row.justification ?? '–'}</span> },
    ...(detail.extends === undefined ? [] : [{ label: 'Prolongs', value: <PageLink to={`/requests/${detail.extends}`}>Request {detail.extends.slice(0, 8)}</PageLink> }]),
    ...(detail.requesterBefore.length === 0 ? [] : [{ label: 'Had it before', value: detail.requesterBefore.map(({ accountName, permissionSetName, times }) => <div key={`${accountName} ${permissionSetName}`} className="words">{permissionSetName} in {accountName}: {times === 0 ? 'never' : `${times} times`}</div>) }]),
  ];
}

function reviewInWords({ status, verdict, by }: NonNullable<RequestDetail['review']>): string {
  const words = { later: 'as soon as it is over', waiting: 'it waits for its review', overdue: 'its review is overdue', reviewed: `${by ?? 'somebody'} found it ${verdict ?? 'reviewed'}` };
  return words[status];
}

function Messages({ of }: { of: RequestDetail['reasons'] }): ReactElement {
  const [only] = of;
  if (only && of.length === 1) return <Message of={only} />;
  return (
    <ul>
      {of.map((one) => <li key={`${one.code ?? ''} ${one.message} ${one.about ?? ''}`}><Message of={one} /></li>)}
    </ul>
  );
}

function Message({ of: { code, message, about } }: { of: RequestDetail['reasons'][number] }): ReactElement {
  return <span className="words">{about === undefined ? '' : `${about}: `}<span className="words">{message}</span>{code === undefined ? '' : ` (${code})`}</span>;
}
