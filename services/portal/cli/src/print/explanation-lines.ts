import type { Explanation, WhoApproves } from '@team/contracts';
import { whyLine } from './why-line.ts';

/** What would become of a request that somebody might make, whoever tells it: the services or the portal. */
export interface ToldExplanation extends Pick<Explanation, 'allowed' | 'policyId' | 'approvalRequired' | 'durationMinutes' | 'reasons' | 'warnings' | 'denying' | 'considered'> {
  readonly person?: string | undefined;
  readonly accountName?: string | undefined;
  readonly permissionSetName?: string | undefined;
}

/** The same for people. */
export function explanationLines({ allowed, person, permissionSetName, accountName, policyId, approvalRequired, durationMinutes, reasons, warnings, denying, considered }: ToldExplanation, approvers: WhoApproves | undefined): string[] {
  const what = `${permissionSetName ?? 'this permission set'} in ${accountName ?? 'this account'}`;
  const who = person ?? 'nobody known';
  const head = allowed ? `${who} may have ${what} for ${durationMinutes} minutes under policy "${policyId}", ${approvalRequired === true ? 'with approval' : 'without approval'}.` : `${who} may not have ${what}:`;
  return [
    head,
    ...reasons.map((one) => `  ${whyLine(one)}`),
    ...warnings.map((one) => `  note: ${one.message}`),
    ...(denying.length === 0 ? [] : [`  denied by ${denying.map((id) => `"${id}"`).join(', ')}`]),
    ...(allowed || considered.length === 0 ? [] : ['What each policy that covers it would need:']),
    ...(allowed ? [] : considered.map(({ policyId: id, problems }) => `  "${id}": ${problems.length === 0 ? 'nothing more' : problems.map(({ message }) => message).join('; ')}`)),
    ...(approvers === undefined ? [] : approverLines(approvers)),
  ];
}

function approverLines({ stages, problem }: WhoApproves): string[] {
  if (problem !== undefined) return [`Nobody could approve it: ${whyLine(problem)}`];
  return stages.flatMap(({ policyId, quorum, people, count }, i) => {
    const more = count > people.length ? ` and ${count - people.length} more` : '';
    return [`Could approve, stage ${i + 1} of ${stages.length} (policy "${policyId}", ${quorum} of them): ${people.join(', ')}${more}`];
  });
}
