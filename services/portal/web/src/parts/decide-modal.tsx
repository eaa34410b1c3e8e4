import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Decision, RequestRow } from '../../../api/src/contract/index.ts';
import { useDecide } from '../api/commands.ts';
import { Confirm } from './confirm.tsx';
import { minutesInWords } from './duration.ts';
import { targetsInWords } from './targets.tsx';

export type Verdict = Decision['verdict'];

interface DecideModalProps {
  readonly verdict: Verdict;
  readonly rows: readonly RequestRow[];
  /** `taken`: the requests whose decision was sent. */
  readonly close: (taken: readonly string[]) => void;
}

/** Asks for a comment, says what is decided, and sends the decisions. It stays open where one of them was not taken. */
export function DecideModal({ verdict, rows, close }: DecideModalProps): ReactElement {
  const [taken, setTaken] = useState<readonly string[]>([]);
  const decide = useDecide();
  const button = verdict === 'approve' ? 'Approve' : 'Deny';
  const left = rows.filter(({ requestId }) => !taken.includes(requestId));
  const problem = decide.error ?? decide.data?.find((one) => one.problem)?.problem;
  const send = (comment: string | undefined): void =>
    decide.mutate(
      { requestIds: left.map(({ requestId }) => requestId), body: { verdict, ...(comment === undefined ? {} : { comment }) } },
      {
        onSuccess: (decided) => {
          const all = [...taken, ...decided.filter((one) => !one.problem).map(({ requestId }) => requestId)];
          setTaken(all);
          if (all.length === rows.length) close(all);
        },
      },
    );
  const leave = (): void => close(taken);
  return (
    <Confirm
      header={rows.length === 1 ? `${button} this request?` : `${button} ${rows.length} requests?`}
      about={rows.map(({ requestId }) => requestId).join(' ')} close={leave} leave={['Not now', leave]} answers={[{ words: button, give: send }]} pending={decide.isPending} error={problem}
      said={{ label: 'Comment', description: rows.length > 1 ? 'It goes with each of them.' : 'The requester reads it.' }}
    >
      {taken.length > 0 && <Alert type="success">{taken.length} of {rows.length} decisions were sent.</Alert>}
      <ul>
        {left.map(({ requestId, requester, targets, durationMinutes, breakGlass, inPlaceOf }) => (
          <li key={requestId} className="words">
            <b className="words">{requester.userName}</b>: {targetsInWords(targets)}
            {durationMinutes === undefined ? '' : ` for ${minutesInWords(durationMinutes)}`}
            {breakGlass ? ' (break glass)' : ''}
            {inPlaceOf === undefined ? '' : `, in place of ${inPlaceOf}`}
          </li>
        ))}
      </ul>
    </Confirm>
  );
}
