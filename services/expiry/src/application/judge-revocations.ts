import { partOfRevocation } from '../domain/parts.ts';
import type { RequestState, Revocation } from '../domain/state.ts';
import { judgeRevocation } from './entitlement.ts';
import { requestKey, type Cause, type Judging, type Requests } from './ports.ts';

/**
 * Judges those revocations that stand unjudged on an approved request, unless told which: all. Revocations are kept before they are
 * judged, and the approval they are judged by never changes, so whoever sees both judges: nothing is lost between the two, and judging
 * twice answers once. One that cannot be judged now holds up none of the others. Where that is an outage it waits for its own time, which
 * stands on the request (`judgementDueAt`), and is only noted; any other error is thrown in the end.
 */
export async function judgeRevocations(
  requests: Requests,
  judging: Judging,
  state: RequestState | undefined,
  cause?: Cause,
  which: (revocation: Revocation) => boolean = () => true,
): Promise<void> {
  if (state === undefined) return;
  const { requestId, unjudged } = state;
  const failures: unknown[] = [];
  for (const revocation of unjudged.filter(which)) {
    const approval = partOfRevocation(state, revocation)?.approval;
    if (approval === undefined) continue;
    try {
      const verdict = await judgeRevocation(judging, revocation, approval);
      await requests.execute(requestKey(requestId), { type: 'judge', requestId, revocationId: revocation.revocationId, verdict }, cause);
    } catch (error) {
      if (judging.isOutage(error)) judging.note('a revocation waits for what is down', { requestId, revocationId: revocation.revocationId, error });
      else failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
