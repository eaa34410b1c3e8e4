import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import type { Verification } from '../../../../api/src/contract/index.ts';
import { useVerify } from '../../api/trail.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** Has the trail of a request recomputed, for those who look whether what they read is what was recorded. */
export function VerifyTrail({ requestId }: { requestId: string }): ReactElement {
  const verify = useVerify(requestId);
  return (
    <SpaceBetween size="s">
      <Button iconName="security" loading={verify.isPending} onClick={() => verify.mutate()}>Verify the trail</Button>
      {verify.error && <ProblemAlert error={verify.error} />}
      <div role="status">{verify.data && <Found found={verify.data} />}</div>
    </SpaceBetween>
  );
}

function Found({ found: { records, waiting, problems, omitted } }: { found: Verification }): ReactElement {
  const looked = `${records} ${records === 1 ? 'record' : 'records'} looked at${waiting === 0 ? '' : `; ${waiting} came a moment ago and ${waiting === 1 ? 'is' : 'are'} not in the chain yet`}.`;
  const count = problems.length + omitted;
  if (count === 0) return <Alert type="success" header="The trail is whole">{looked}</Alert>;
  return (
    <Alert type="error" header={`The trail has ${count === 1 ? 'a problem' : `${count} problems`}`}>
      {looked}
      <ul>
        {problems.map(({ chain, seq, kind, message }) => <li key={`${chain} ${seq ?? ''} ${kind} ${message}`} className="words">{kind}{seq === undefined ? '' : ` at ${seq}`}: {message}</li>)}
      </ul>
    </Alert>
  );
}
