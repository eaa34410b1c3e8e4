import Alert from '@cloudscape-design/components/alert';
import type { ReactElement } from 'react';
import { useDelegationOutcome } from '../../api/delegations.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

const words = {
  stands: { type: 'success', header: 'It stands' },
  withdrawn: { type: 'success', header: 'Taken back' },
  refused: { type: 'error', header: 'Refused' },
} as const;

/** What became of a delegation that was sent, or taken back. */
export function DelegationOutcome({ href }: { href: string }): ReactElement {
  const { data, error, refetch } = useDelegationOutcome(href);
  const silent = error instanceof ProblemError && error.status === 404;
  return (
    <div role="status">
      {data ? (
        <Alert type={words[data.outcome].type} header={words[data.outcome].header}>
          {data.outcome === 'refused' ? data.reasons.map(({ code, message }) => <div key={code + message} className="words">{message} ({code})</div>) : <span className="words">{data.text}</span>}
        </Alert>
      ) : silent ? (
        <Alert type="warning" header="No answer yet">It was sent and is still judged. What stands shows below.</Alert>
      ) : error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : (
        <Alert type="info">Sent. It is judged now.</Alert>
      )}
    </div>
  );
}
