import type { Command } from '../domain/decide.ts';
import { isGrantOn } from '../domain/facts.ts';
import { partNamed } from '../domain/parts.ts';
import type { RequestState } from '../domain/state.ts';
import { requestKey, type Cause, type FinalError, type Requests } from './ports.ts';

type GrantCommand = Extract<Command, { readonly type: 'grant' | 'fail' | 'confirm-end' }>;

/**
 * Says something about one grant to its request.
 *
 * @throws ERR_GRANT_UNKNOWN (final) where the request has no such grant on this assignment, or more are told of than a request can have
 */
export async function commandForGrant(requests: Requests, finalError: FinalError, command: GrantCommand, cause: Cause): Promise<void> {
  const { requestId, grantId } = command;
  const { state } = await requests.execute(requestKey(requestId), command, cause);
  if (!isItsOwn(state, command)) throw finalError('ERR_GRANT_UNKNOWN', `request ${requestId} has no grant ${grantId} on this assignment`);
}

function isItsOwn(state: RequestState | undefined, said: GrantCommand): boolean {
  const part = partNamed(state, said.requestId);
  if (part !== undefined) return isGrantOn(part, said);
  // What was never opened cannot fail: of that nothing is remembered.
  return said.type === 'fail' || (state?.requestId === said.requestId && state.progress[said.grantId] !== undefined);
}
