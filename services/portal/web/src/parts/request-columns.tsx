import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { RequestRow } from '../../../api/src/contract/index.ts';
import { Countdown } from './countdown.tsx';
import { minutesInWords } from './duration.ts';
import { PageLink } from './page-link.tsx';
import { Status, statusWords } from './status.tsx';
import { Targets, targetsInWords } from './targets.tsx';
import { Time } from './time.tsx';

export type ColumnName = 'request' | 'status' | 'person' | 'asked' | 'duration' | 'ends' | 'decideBy' | 'ticket' | 'justification' | 'reason';
type Column = TableProps.ColumnDefinition<RequestRow> & { readonly id: ColumnName; readonly header: string };

const byText = (text: (row: RequestRow) => string) => ({ sortingComparator: (a: RequestRow, b: RequestRow) => text(a).localeCompare(text(b)) });

/** Every column that a list of requests can have. */
export const columns: readonly Column[] = [
  {
    id: 'request', header: 'Access', isRowHeader: true, minWidth: 240,
    cell: ({ requestId, targets, breakGlass, inPlaceOf }) => (
      <span data-request-id={requestId}>
        <PageLink to={`/requests/${requestId}`}>
          <Targets targets={targets} />
        </PageLink>
        {breakGlass && <Badge color="red">Break glass</Badge>}
        {inPlaceOf !== undefined && <Box color="text-body-secondary" fontSize="body-s"><span className="words">in place of {inPlaceOf}</span></Box>}
      </span>
    ),
    ...byText(({ targets }) => targetsInWords(targets)),
  },
  { id: 'status', header: 'Status', minWidth: 190, cell: ({ status }) => <Status status={status} />, ...byText(({ status }) => statusWords(status)) },
  {
    id: 'person', header: 'Who', minWidth: 220,
    cell: ({ requester, askedBy }) => <span className="words">{requester.userName}{askedBy !== undefined && askedBy !== requester.userName ? ` (asked by ${askedBy})` : ''}</span>,
    ...byText(({ requester }) => requester.userName),
  },
  { id: 'asked', header: 'Asked', minWidth: 190, cell: ({ askedAt }) => <Time at={askedAt} />, ...byText(({ askedAt }) => askedAt) },
  {
    id: 'duration', header: 'For', minWidth: 100,
    cell: ({ durationMinutes }) => (durationMinutes === undefined ? '–' : minutesInWords(durationMinutes)),
    sortingComparator: (a, b) => (a.durationMinutes ?? 0) - (b.durationMinutes ?? 0),
  },
  {
    id: 'ends', header: 'Ends', minWidth: 130,
    cell: ({ endsAt, status }) => (endsAt === undefined ? '–' : status === 'active' ? <>in <Countdown until={endsAt} /></> : <Time at={endsAt} />),
    ...byText(({ endsAt }) => endsAt ?? ''),
  },
  {
    id: 'decideBy', header: 'To decide within', minWidth: 130,
    cell: ({ deadlineAt, status }) => (deadlineAt === undefined || status !== 'pending' ? '–' : <Countdown until={deadlineAt} over="over" />),
    ...byText(({ deadlineAt }) => deadlineAt ?? ''),
  },
  { id: 'ticket', header: 'Ticket', minWidth: 100, cell: ({ ticket }) => <span className="words">{ticket ?? '–'}</span>, ...byText(({ ticket }) => ticket ?? '') },
  { id: 'justification', header: 'Justification', minWidth: 220, cell: ({ justification }) => <span className="brief" title={justification}>{justification ?? '–'}</span>, ...byText(({ justification }) => justification ?? '') },
  { id: 'reason', header: 'Why it ended so', minWidth: 200, cell: ({ reason }) => <span className="brief" title={reason}>{reason ?? '–'}</span>, ...byText(({ reason }) => reason ?? '') },
];

/** What the text filter looks through. */
export function searchable({ requestId, requester, askedBy, targets, ticket, justification, status, reason, inPlaceOf }: RequestRow): string {
  const accounts = targets.map(({ accountId }) => accountId ?? '').join(' ');
  return [requestId, requester.userName, askedBy, targetsInWords(targets), accounts, ticket, justification, statusWords(status), reason, inPlaceOf].join(' ').toLowerCase();
}
