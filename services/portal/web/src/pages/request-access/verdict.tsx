import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactElement } from 'react';
import type { Judged } from './bundles.ts';

const NAMED = 6;

/** What would become of one target, as far as that is known. */
export function Verdict({ judged }: { judged: Judged | undefined }): ReactElement | null {
  if (!judged) return null;
  return (
    <div>
      {judged.allowed ? (
        <StatusIndicator type={judged.approvalRequired ? 'pending' : 'success'}>{judged.approvalRequired ? 'Needs approval' : 'No approval needed'}</StatusIndicator>
      ) : (
        <StatusIndicator type="error">Would be refused</StatusIndicator>
      )}
      {judged.reasons.map(({ code, message }) => <div key={code + message} className="words">{message}</div>)}
      {judged.warnings.map(({ code, message }) => <div key={code + message}><StatusIndicator type="warning"><span className="words">{message}</span></StatusIndicator></div>)}
      {judged.allowed && judged.stages.map((stage, index) => <div key={stage.policyId} className="words">{stageInWords(stage, judged.stages.length > 1 ? `Stage ${index + 1}: ` : '')}</div>)}
    </div>
  );
}

function stageInWords({ quorum, people, count }: Judged['stages'][number], prefix: string): string {
  const named = people.slice(0, NAMED).join(', ');
  const others = count - Math.min(people.length, NAMED);
  if (count === 0) return `${prefix}${prefix === '' ? 'Nobody' : 'nobody'} can approve it; tell an administrator.`;
  const one = prefix === '' ? 'One' : 'one';
  return `${prefix}${quorum === 1 ? one : quorum} of ${named}${others > 0 ? ` and ${others} others` : ''} must agree.`;
}
