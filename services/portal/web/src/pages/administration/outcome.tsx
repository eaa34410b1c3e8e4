import Alert from '@cloudscape-design/components/alert';
import type { ReactElement } from 'react';
import { useOutcome } from '../../api/administration.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

const words = {
  'in-force': { type: 'success', header: 'In force' },
  waits: { type: 'info', header: 'Waits for a second administrator' },
  refused: { type: 'error', header: 'Refused' },
} as const;

/** What became of a change that was submitted. */
export function Outcome({ changeId }: { changeId: string }): ReactElement {
  const { data, error, refetch } = useOutcome(changeId);
  const silent = error instanceof ProblemError && error.status === 404;
  return (
    <div role="status">
      {data ? (
        <Alert type={words[data.outcome].type} header={words[data.outcome].header}>
          <div className="words">{data.text}</div>
          {data.reasons.map(({ code, message }) => <div key={code + message} className="words">{message} ({code})</div>)}
          {data.outcome === 'waits' && <PageLink to="/administration?tab=proposals">Proposals</PageLink>}
        </Alert>
      ) : silent ? (
        <Alert type="warning" header="No answer yet">It was submitted and is still judged. Its outcome shows in the policies and proposals.</Alert>
      ) : error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : (
        <Alert type="info">Submitted. It is judged now.</Alert>
      )}
    </div>
  );
}
