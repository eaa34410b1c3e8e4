import {
  accessReviewSubmittedV1,
  accessRevocationRequestedV1,
  approvalDecisionSubmittedV1,
  ContractViolationError,
  delegationSubmittedV1,
  type DeliveredEvent,
  type EventContract,
} from '@team/contracts';
import { fixedClock } from '@team/testing';
import { reviewed } from '../../test/after.ts';
import { only, requestId } from '../../test/scenario.ts';
import { delegated, revoked, service, submitted } from '../../test/service.ts';
import { onMalformedDecision, onMalformedDelegation, onMalformedReview, onMalformedRevocation } from './on-malformed-intent.ts';

const asked = (at: ReturnType<typeof service>) => ({
  decision: onMalformedDecision(at.ports),
  revocation: onMalformedRevocation(at.ports),
  delegation: onMalformedDelegation(at.ports),
  review: onMalformedReview(at.ports),
});

function inMemory() {
  const at = service({ verify: () => Promise.reject(new Error('nothing is verified here')) }, fixedClock());
  return { ...at, ...asked(at) };
}

function delivered(
  { data, metadata, detailType, source, account }: ReturnType<typeof submitted> | ReturnType<typeof revoked> | ReturnType<typeof delegated> | ReturnType<typeof reviewed>,
  wrong: object,
): DeliveredEvent {
  const detail = { metadata: { ...metadata, requestId }, data: { ...data, ...wrong } };
  return { id: 'delivery', 'detail-type': detailType, source, account, time: metadata.occurredAt, detail };
}

function violationOf(contract: EventContract, { detail }: DeliveredEvent): ContractViolationError {
  try {
    contract.parse(detail);
  } catch (error) {
    if (error instanceof ContractViolationError) return error;
    throw error;
  }
  throw new Error('the event is as its contract says');
}

describe('an intent that breaks its contract', () => {
  it('is answered to whoever decided, naming every wrong field, once', async () => {
    const { decision, published } = inMemory();
    const event = delivered(submitted('anna'), { verdict: 'maybe', signature: 'none' });
    const violation = violationOf(approvalDecisionSubmittedV1, event);
    await expect(decision(event, violation)).resolves.toBe(true);
    await expect(decision(event, violation)).resolves.toBe(true);
    expect(only(published, 'ApprovalDecisionRefused.v1').reasons).toEqual([
      { code: 'ERR_FIELD_INVALID', message: expect.stringContaining('data.verdict') },
      { code: 'ERR_FIELD_INVALID', message: expect.stringContaining('data.signature') },
    ]);
  });

  it('is answered to whoever wants to cancel', async () => {
    const { revocation, published } = inMemory();
    const event = delivered(revoked('dana'), { grantIds: [] });
    await expect(revocation(event, violationOf(accessRevocationRequestedV1, event))).resolves.toBe(true);
    expect(only(published, 'CancellationRefused.v1').reason).toEqual({
      code: 'ERR_FIELD_INVALID',
      message: expect.stringContaining('data.grantIds'),
    });
  });

  it('is answered to whoever is away, once, where it can be read whose delegation it is', async () => {
    const at = inMemory();
    const event = delivered(delegated('anna', 'zoe'), { from: 'tomorrow', until: 7 });
    const violation = violationOf(delegationSubmittedV1, event);
    await expect(at.delegation(event, violation)).resolves.toBe(true);
    await expect(at.delegation(event, violation)).resolves.toBe(true);
    expect(at.delegated).toMatchObject([{ type: 'DelegationRefused.v1', data: { reasons: [{ code: 'ERR_FIELD_INVALID' }, { code: 'ERR_FIELD_INVALID' }] } }]);
    const nobodys = delivered(delegated('anna', 'zoe'), { delegator: 7 });
    await expect(at.delegation(nobodys, violationOf(delegationSubmittedV1, nobodys))).resolves.toBe(false);
  });

  it('is answered to whoever reviewed, once, where it can be read whose review it is', async () => {
    const { review, published } = inMemory();
    const event = delivered(reviewed('anna'), { verdict: 'fine', signature: 'none' });
    const violation = violationOf(accessReviewSubmittedV1, event);
    await expect(review(event, violation)).resolves.toBe(true);
    await expect(review(event, violation)).resolves.toBe(true);
    expect(only(published, 'AccessReviewRefused.v1').reasons).toMatchObject([{ code: 'ERR_FIELD_INVALID' }, { code: 'ERR_FIELD_INVALID' }]);
    const nobodys = delivered(reviewed('anna'), { reviewer: 7 });
    await expect(review(nobodys, violationOf(accessReviewSubmittedV1, nobodys))).resolves.toBe(false);
  });

  it.each([
    ['a decision without a request id', approvalDecisionSubmittedV1, delivered(submitted('anna'), { requestId: 'seven' })],
    ['a decision without an id', approvalDecisionSubmittedV1, delivered(submitted('anna'), { decisionId: 7 })],
    ['a revocation without a request id', accessRevocationRequestedV1, delivered(revoked('dana'), { requestId: undefined })],
  ])('is a dead letter where nobody could be answered: %s', async (_case, contract, event) => {
    const { decision, revocation, published } = inMemory();
    const refuse = contract === accessRevocationRequestedV1 ? revocation : decision;
    await expect(refuse(event, violationOf(contract, event))).resolves.toBe(false);
    expect(published).toEqual([]);
  });
});
