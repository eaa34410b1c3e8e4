import { uuid, type ContractViolationError, type DeliveredEvent } from '@team/contracts';
import type { Ports } from './ports.ts';

const longestMessage = 500;
const longestField = 64;

/**
 * Answers an intent that breaks its contract, if its request id can be read: every wrong field, each with what is allowed.
 * The id is used up by it, as by any other content. Gives false where nobody can be answered.
 */
export async function onMalformedRequest(
  { source, account, detail }: DeliveredEvent,
  violation: ContractViolationError,
  { requests, evidence }: Pick<Ports, 'requests' | 'evidence'>,
): Promise<boolean> {
  const requestId = requestIdIn(detail);
  if (requestId === undefined) return false;
  const emitter = { source, account };
  const malformed = violation.issues.map(
    ({ path, message }) =>
      ({
        code: 'ERR_FIELD_INVALID',
        message: `${path}: ${message}`.slice(0, longestMessage),
        field: path.slice(0, longestField),
      }) as const,
  );
  const contentDigest = evidence.digestOf({ ...emitter, data: detail['data'] });
  await requests.execute(requestId, { type: 'receive', requestId, asked: { malformed }, contentDigest, emitter });
  return true;
}

function requestIdIn({ data }: DeliveredEvent['detail']): string | undefined {
  if (typeof data !== 'object' || data === null || !('requestId' in data)) return undefined;
  const result = uuid.safeParse(data.requestId);
  return result.success ? result.data : undefined;
}
