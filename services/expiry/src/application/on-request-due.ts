import { judgeRevocations } from './judge-revocations.ts';
import type { Judging, Requests } from './ports.ts';

/** Time brings about what it must, directory or not; then come the revocations that could not be judged when they arrived. */
export function onRequestDue(requests: Requests, judging: Judging) {
  return async (key: string): Promise<void> => {
    const { state } = await requests.execute(key, { type: 'due' });
    await judgeRevocations(requests, judging, state);
  };
}
