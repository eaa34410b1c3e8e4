import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Review } from '../../../../api/src/contract/index.ts';
import { useReview } from '../../api/commands.ts';
import { Confirm } from '../../parts/confirm.tsx';

/** Says of a break glass that is over whether it was justified. */
export function ReviewRequest({ requestId, about }: { requestId: string; about: string }): ReactElement {
  const [asking, setAsking] = useState(false);
  const review = useReview();
  const send = (verdict: Review['verdict']) => (comment: string | undefined): void =>
    review.mutate({ requestId, body: { verdict, ...(comment === undefined ? {} : { comment }) } }, { onSuccess: () => setAsking(false) });
  return (
    <>
      <Button variant="primary" disabled={review.isSuccess} onClick={() => setAsking(true)}>{review.isSuccess ? 'Review sent' : 'Review'}</Button>
      {asking && (
        <Confirm
          header="Was this break glass justified?" about={requestId} close={() => setAsking(false)} pending={review.isPending} error={review.error}
          answers={[{ words: 'Not justified', give: send('not-justified') }, { words: 'Justified', give: send('justified') }]}
        >
          <Box><b className="words">{about}</b></Box>
        </Confirm>
      )}
    </>
  );
}
