import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RequestRow } from '../../../../api/src/contract/index.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { EndRequest } from '../../parts/end-request.tsx';
import { isAnothers } from '../../parts/is-anothers.ts';
import { PageButton, PageLink } from '../../parts/page-link.tsx';
import { Status } from '../../parts/status.tsx';
import { Targets, targetsInWords } from '../../parts/targets.tsx';
import { Time } from '../../parts/time.tsx';
import { usePerson } from '../../shell/person.ts';
import { endsBesides, mayExtend, waitingExtension } from './may-extend.ts';

/** One request whose access stands or is on its way: one's own, or asked for somebody else. `all`: with those that wait for approval. */
export function AccessCard({ row, all }: { row: RequestRow; all: readonly RequestRow[] }): ReactElement {
  const { requestId, status, requester, targets, endsAt, startAt, breakGlass } = row;
  const person = usePerson();
  const [isEnded, setEnded] = useState(false);
  const besides = endsBesides(row, all);
  const waiting = waitingExtension(row, all);
  const about = targetsInWords(targets);
  const first = targets[0];
  const title = first === undefined ? 'Access' : `${first.permissionSetName} in ${first.accountName}${targets.length > 1 ? ` and ${targets.length - 1} more` : ''}`;
  const begins = startAt !== undefined && status === 'scheduled';
  const counts = begins ? startAt : status === 'active' ? endsAt : undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {!isEnded && mayExtend(row, all, person) && <PageButton to={`/request?extends=${requestId}`} ariaLabel={`Extend: ${about}`}>Extend</PageButton>}
              {status !== 'ending' && <EndRequest requestId={requestId} about={about} kind={status === 'scheduled' && besides === undefined ? 'cancel' : 'end'} besides={besides} sent={() => setEnded(true)} />}
            </SpaceBetween>
          }
        >
          <span className="words">{title}</span> {breakGlass && <Badge color="red">Break glass</Badge>}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Status', value: <Status status={status} /> },
          {
            label: begins ? 'Begins in' : 'Time left',
            value: <Box fontSize="heading-m" fontWeight="bold">{counts === undefined ? '–' : <Countdown until={counts} />}</Box>,
          },
          { label: 'Ends', value: endsAt === undefined ? '–' : <Time at={endsAt} seconds /> },
          ...(isAnothers(row, person) ? [{ label: 'For', value: <span className="words">{requester.userName}</span> }] : []),
          { label: 'Request', value: <PageLink to={`/requests/${requestId}`}>Show the request</PageLink> },
          ...(waiting ? [{ label: 'Extension', value: <PageLink to={`/requests/${waiting.requestId}`}>An extension waits for approval</PageLink> }] : []),
          ...(targets.length > 1 ? [{ label: 'Access', value: <Targets targets={targets} /> }] : []),
        ]}
      />
    </Container>
  );
}
