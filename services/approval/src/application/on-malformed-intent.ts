import { shortText, uuid, type ContractViolationError, type DeliveredEvent } from '@team/contracts';
import type { Reason } from '../domain/people.ts';
import type { Ports } from './ports.ts';

type Answer = (event: DeliveredEvent, violation: ContractViolationError) => Promise<boolean>;
type Needs = Pick<Ports, 'approvals' | 'evidence'>;

/** Answers a decision that breaks its contract, every wrong field at once. False where it cannot be read whose decision on what it is. */
export function onMalformedDecision({ approvals, evidence }: Needs): Answer {
  return async (event, violation) => {
    const { requestId, decisionId, decider } = dataOf(event);
    const [request, decision, named] = [uuid.safeParse(requestId), uuid.safeParse(decisionId), shortText.safeParse(decider)];
    if (!request.success || !decision.success) return false;
    await approvals.execute(
      request.data,
      {
        type: 'refuse-malformed-decision',
        requestId: request.data,
        decisionId: decision.data,
        digest: digestOf(event, evidence),
        ...(named.success ? { decider: named.data } : {}),
        reasons: wrongFields(violation, 50),
      },
      causeIn(event),
    );
    return true;
  };
}

/** Answers a revocation that breaks its contract. False where it cannot be read for which request it is. */
export function onMalformedRevocation({ approvals, evidence }: Needs): Answer {
  return async (event, violation) => {
    const { requestId, by } = dataOf(event);
    const [request, named] = [uuid.safeParse(requestId), shortText.safeParse(by)];
    if (!request.success) return false;
    await approvals.execute(
      request.data,
      {
        type: 'refuse-malformed-revocation',
        requestId: request.data,
        digest: digestOf(event, evidence),
        ...(named.success ? { by: named.data } : {}),
        reason: invalid(violation.issues.map(({ path, message }) => `${path}: ${message}`).join('; ')),
      },
      causeIn(event),
    );
    return true;
  };
}

/** Answers a review that breaks its contract, every wrong field at once. False where it cannot be read whose review of what it is. */
export function onMalformedReview({ approvals, evidence }: Needs): Answer {
  return async (event, violation) => {
    const { requestId, reviewer } = dataOf(event);
    const [request, named] = [uuid.safeParse(requestId), shortText.safeParse(reviewer)];
    if (!request.success || !named.success) return false;
    await approvals.execute(
      request.data,
      {
        type: 'refuse-malformed-review',
        requestId: request.data,
        reviewer: named.data,
        digest: digestOf(event, evidence),
        reasons: wrongFields(violation, 20),
      },
      causeIn(event),
    );
    return true;
  };
}

/** Answers a delegation that breaks its contract, every wrong field at once. False where it cannot be read which it is and who is away. */
export function onMalformedDelegation({ delegations, evidence }: Pick<Ports, 'delegations' | 'evidence'>): Answer {
  return async (event, violation) => {
    const { delegationId, delegator } = dataOf(event);
    const [delegation, named] = [uuid.safeParse(delegationId), shortText.safeParse(delegator)];
    if (!delegation.success || !named.success) return false;
    await delegations.execute(
      {
        type: 'refuse-malformed-delegation',
        delegationId: delegation.data,
        delegator: named.data,
        digest: digestOf(event, evidence),
        reasons: wrongFields(violation, 20),
      },
      causeIn(event),
    );
    return true;
  };
}

/** A reason for each of the first wrong fields. */
const wrongFields = ({ issues }: ContractViolationError, most: number): Reason[] => issues.slice(0, most).map(({ path, message }) => invalid(`${path}: ${message}`));

const invalid = (message: string): Reason => ({ code: 'ERR_FIELD_INVALID', message: message.slice(0, 500) });

const digestOf = ({ source, account, detail }: DeliveredEvent, evidence: Needs['evidence']): string =>
  evidence.digestOf({ source, account, detail });

const objectIn = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});

const dataOf = ({ detail }: DeliveredEvent): Readonly<Record<string, unknown>> => objectIn(detail['data']);

function causeIn({ detail }: DeliveredEvent): { eventId?: string } {
  const eventId = uuid.safeParse(objectIn(detail['metadata'])['eventId']);
  return eventId.success ? { eventId: eventId.data } : {};
}
