import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RequestDetail } from '../../../../api/src/contract/index.ts';
import { DecideModal } from '../../parts/decide-modal.tsx';
import type { Verdict } from '../../parts/decide-modal.tsx';
import { EndRequest } from '../../parts/end-request.tsx';
import { isAnothers } from '../../parts/is-anothers.ts';
import { PageButton } from '../../parts/page-link.tsx';
import { targetsInWords } from '../../parts/targets.tsx';
import { usePerson } from '../../shell/person.ts';
import { ReviewRequest } from './review-request.tsx';

/** What the caller may do with the request now, as the server said. */
export function RequestActions({ detail: { row, may } }: { detail: RequestDetail }): ReactElement {
  const [verdict, setVerdict] = useState<Verdict>();
  const person = usePerson();
  const about = `${row.requester.userName}: ${targetsInWords(row.targets)}`;
  const mine = !isAnothers(row, person);
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {may.decide && <Button onClick={() => setVerdict('deny')}>Deny</Button>}
        {may.decide && <Button variant="primary" onClick={() => setVerdict('approve')}>Approve</Button>}
        {may.review && <ReviewRequest requestId={row.requestId} about={about} />}
        {may.extend && <PageButton to={`/request?extends=${row.requestId}`}>Extend</PageButton>}
        {may.cancel && <EndRequest requestId={row.requestId} about={about} kind="cancel" />}
        {may.end && <EndRequest requestId={row.requestId} about={about} kind={mine ? 'end' : 'revoke'} />}
        {mine && <PageButton to={`/request?again=${row.requestId}`}>Ask again</PageButton>}
      </SpaceBetween>
      {verdict && <DecideModal verdict={verdict} rows={[row]} close={() => setVerdict(undefined)} />}
    </>
  );
}
