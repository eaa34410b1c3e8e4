import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Review } from '../../../../api/src/contract/index.ts';
import { useReview } from '../../api/commands.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** Says of a break glass that is over whether it was justified. */
export function ReviewRequest({ requestId, about }: { requestId: string; about: string }): ReactElement {
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState('');
  const review = useReview();
  const send = (verdict: Review['verdict']): void =>
    review.mutate({ requestId, body: { verdict, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) } }, { onSuccess: () => setAsking(false) });
  return (
    <>
      <Button variant="primary" disabled={review.isSuccess} onClick={() => setAsking(true)}>{review.isSuccess ? 'Review sent' : 'Review'}</Button>
      {asking && (
        <Modal
          visible header="Was this break glass justified?" closeAriaLabel="Close" onDismiss={() => setAsking(false)}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={review.isPending} onClick={() => send('not-justified')}>Not justified</Button>
                <Button variant="primary" loading={review.isPending} onClick={() => send('justified')}>Justified</Button>
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="m">
            {review.error && <ProblemAlert error={review.error} />}
            <Box><b className="words">{about}</b></Box>
            <FormField label={<>Comment <i>- optional</i></>}>
              <Textarea value={comment} onChange={({ detail }) => setComment(detail.value.slice(0, 1_000))} />
            </FormField>
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}
