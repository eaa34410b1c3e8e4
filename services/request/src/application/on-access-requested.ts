import { maximumReasons, uuid, type AccessRequestedV1, type ContractViolationError, type DeliveredEvent } from '@team/contracts';
import { digestOf, type ReceivedEvent } from '@team/runtime';
import { judgeReceived, requestKey, type JudgeDependencies } from './judge-received.ts';

/** Claims the request id, then judges. The same content again: the same outcome, nothing doubled. */
export function onAccessRequested(dependencies: JudgeDependencies) {
  return async ({ data, source, account, cause }: ReceivedEvent<AccessRequestedV1>): Promise<void> => {
    const emitter = { source, account };
    const contentDigest = digestOf({ ...emitter, data });
    const receive = { type: 'receive', requestId: data.requestId, asked: data, contentDigest, emitter } as const;
    const { state } = await dependencies.requests.execute(requestKey(data.requestId), receive, cause);
    if (state?.status === 'received' && state.contentDigest === contentDigest) await judgeReceived(state, cause, dependencies);
  };
}

/** Takes up again what a crash interrupted between claim and outcome. */
export function onRequestDue(dependencies: JudgeDependencies) {
  return async (key: string): Promise<void> => {
    const { state, events } = await dependencies.requests.execute(key, { type: 'due' });
    if (events.length > 0 && state?.status === 'received') await judgeReceived(state, {}, dependencies);
  };
}

/**
 * Answers an intent that breaks its contract, if its request id can be read: every wrong field, each with what is allowed.
 * The id is used up by it, as by any other content.
 */
export function refuseMalformedRequest({ requests }: Pick<JudgeDependencies, 'requests'>) {
  return async ({ source, account, detail }: DeliveredEvent, violation: ContractViolationError): Promise<boolean> => {
    const requestId = requestIdIn(detail);
    if (requestId === undefined) return false;
    const emitter = { source, account };
    const malformed = violation.issues.slice(0, maximumReasons).map(({ path, message }) => ({
      code: 'ERR_FIELD_INVALID',
      message: `${path}: ${message}`.slice(0, 500),
      field: path.slice(0, 64),
    }));
    const contentDigest = digestOf({ ...emitter, data: detail['data'] });
    await requests.execute(requestKey(requestId), { type: 'receive', requestId, asked: { malformed }, contentDigest, emitter });
    return true;
  };
}

function requestIdIn({ data }: DeliveredEvent['detail']): string | undefined {
  if (typeof data !== 'object' || data === null || !('requestId' in data)) return undefined;
  const result = uuid.safeParse(data.requestId);
  return result.success ? result.data : undefined;
}
