import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Decision, RequestRow } from '../../../api/src/contract/index.ts';
import { useDecide } from '../api/commands.ts';
import { minutesInWords } from './duration.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { targetsInWords } from './targets.tsx';

export type Verdict = Decision['verdict'];
const LONGEST_COMMENT = 1_000;

interface DecideModalProps {
  readonly verdict: Verdict;
  readonly rows: readonly RequestRow[];
  /** `taken`: the requests whose decision was sent. */
  readonly close: (taken: readonly string[]) => void;
}

/** Asks for a comment, says what is decided, and sends the decisions. It stays open where one of them was not taken. */
export function DecideModal({ verdict, rows, close }: DecideModalProps): ReactElement {
  const [comment, setComment] = useState('');
  const [taken, setTaken] = useState<readonly string[]>([]);
  const decide = useDecide();
  const button = verdict === 'approve' ? 'Approve' : 'Deny';
  const left = rows.filter(({ requestId }) => !taken.includes(requestId));
  const problem = decide.error ?? decide.data?.find((one) => one.problem)?.problem;
  const send = (): void =>
    decide.mutate(
      { requestIds: left.map(({ requestId }) => requestId), body: { verdict, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) } },
      {
        onSuccess: (decided) => {
          const all = [...taken, ...decided.filter((one) => !one.problem).map(({ requestId }) => requestId)];
          setTaken(all);
          if (all.length === rows.length) close(all);
        },
      },
    );
  return (
    <Modal
      visible closeAriaLabel="Close" onDismiss={() => close(taken)}
      header={rows.length === 1 ? `${button} this request?` : `${button} ${rows.length} requests?`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => close(taken)}>Not now</Button>
            <Button variant="primary" loading={decide.isPending} onClick={send}>{button}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {problem && <ProblemAlert error={problem} />}
        {taken.length > 0 && <Alert type="success">{taken.length} of {rows.length} decisions were sent.</Alert>}
        <ul>
          {left.map(({ requestId, requester, targets, durationMinutes, breakGlass }) => (
            <li key={requestId} className="words">
              <b>{requester.userName}</b>: {targetsInWords(targets)}
              {durationMinutes === undefined ? '' : ` for ${minutesInWords(durationMinutes)}`}
              {breakGlass ? ' (break glass)' : ''}
            </li>
          ))}
        </ul>
        <FormField label={<>Comment <i>- optional</i></>} description={rows.length > 1 ? 'It goes with each of them.' : 'The requester reads it.'} constraintText={`${comment.length} of ${LONGEST_COMMENT} characters`}>
          <Textarea autoFocus value={comment} onChange={({ detail }) => setComment(detail.value.slice(0, LONGEST_COMMENT))} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
