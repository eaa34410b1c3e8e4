import {
  asking,
  decision,
  idOf,
  inApproval,
  minute,
  only,
  person,
  policy,
  request,
  revocation,
  stage,
  start,
  typesOf,
} from '../../test/scenario.ts';
import { maximumEarlyRevocations } from './judge-revocation.ts';

const dana = person('dana');
const anna = person('anna', 'leads');
const sam = person('sam', 'security');
const zoe = person('zoe', 'developers');
const pending = () =>
  inApproval(
    asking(
      [policy('p', ['ledger'], stage(1, 'leads'), stage(1, 'security'))],
      request(['ledger'], { askedBy: { userId: idOf('olga'), userName: 'olga' } }),
    ),
  );

describe('a request that waits', () => {
  it.each([
    ['its requester', dana],
    ['who asked for the requester', person('olga')],
    ['an administrator', person('adam', 'administrators')],
    ['an approver', anna],
    ['an approver of a stage that has not opened', sam],
  ])('is cancelled by %s', (_who, who) => {
    const waiting = pending();
    const cancelled = only(waiting.meet(revocation(who, {}, { reason: 'not needed' })), 'AccessCancelled.v1');
    expect(cancelled).toMatchObject({ by: { kind: 'person', userId: who.userId, userName: who.userName }, reason: 'not needed' });
    expect(waiting.state()?.phase).toBe('cancelled');
  });

  it('is cancelled by its requester even when deleted meanwhile, by id or by name in any letters', () => {
    const gone = { problem: { code: 'ERR_USER_UNKNOWN', message: 'nobody' } } as const;
    for (const ref of [dana.userId, 'DANA@acme.EXAMPLE']) {
      expect(pending().facts(revocation(dana, { actsFor: { ref, lookup: gone } }))).toEqual(['AccessCancelled.v1']);
    }
  });

  it('is cancelled by an approver who was given the old name of its requester, in the name of that approver', () => {
    const heir = { ...anna, userName: dana.userName };
    expect(only(pending().meet(revocation(heir)), 'AccessCancelled.v1').by).toMatchObject({ kind: 'person', userId: anna.userId });
  });

  it('is cancelled by a registered system that may', () => {
    const { actsFor: _person, ...system } = revocation(dana, { emitter: { name: 'siem', mayRevoke: true } });
    expect(only(pending().meet(system), 'AccessCancelled.v1').by).toEqual({ kind: 'emitter', name: 'siem' });
  });

  it.each([
    ['somebody else', revocation(zoe), 'ERR_NOT_ENTITLED'],
    ['somebody who was given the old name of its requester', revocation({ ...zoe, userName: dana.userName }), 'ERR_NOT_ENTITLED'],
    [
      'a name that several people have, though its requester had it',
      revocation(dana, { actsFor: { ref: dana.userName, lookup: { problem: { code: 'ERR_USER_AMBIGUOUS', message: 'two' } } } }),
      'ERR_USER_AMBIGUOUS',
    ],
    [
      'somebody whom nobody knows',
      revocation(zoe, { actsFor: { ref: 'ghost', lookup: { problem: { code: 'ERR_USER_UNKNOWN', message: 'nobody' } } } }),
      'ERR_USER_UNKNOWN',
    ],
    ['a system that may not, even if it names the requester', { ...without(revocation(dana), 'actsFor') }, 'ERR_NOT_ENTITLED'],
    ['an emitter that nobody registered', { ...without(revocation(dana), 'emitter') }, 'ERR_EMITTER_UNKNOWN'],
    ['its requester for some of its targets only', revocation(dana, {}, { grantIds: [idOf('other')] }), 'ERR_CANCELLATION_PARTIAL'],
  ])('is not cancelled by %s', (_who, command, code) => {
    const waiting = pending();
    const events = waiting.meet(command);
    expect(only(events, 'CancellationRefused.v1').reason.code).toBe(code);
    expect(waiting.state()?.phase).toBe('pending');
    expect(waiting.meet(command)).toEqual([]);
  });

  it('is cancelled when all its targets are named', () => {
    expect(pending().facts(revocation(dana, {}, { grantIds: [idOf('ledger'), idOf('other')] }))).toEqual(['AccessCancelled.v1']);
  });

  it('is not approved any more once cancelled, even if all agreed and only the proofs were missing', () => {
    const agreed = inApproval(asking([policy('p', ['ledger'], stage(1, 'leads'))]), decision(anna));
    expect(agreed.facts(revocation(dana))).toEqual(['AccessCancelled.v1']);
    expect(agreed.meet({ type: 'approve', agreedAt: start, proofs: { [idOf('ledger')]: 'e30.e30.cA' } })).toEqual([]);
  });
});

describe('a request that does not wait', () => {
  it('gives no answer once approved or cancelled', () => {
    const cancelled = pending();
    cancelled.meet(revocation(dana));
    expect(cancelled.facts(revocation(anna))).toEqual([]);
    const approved = inApproval(asking([policy('p', ['ledger'], stage(1, 'leads'))]), decision(anna), {
      type: 'approve',
      agreedAt: start,
      proofs: { [idOf('ledger')]: 'e30.e30.cA' },
    });
    expect(approved.facts(revocation(dana))).toEqual([]);
    expect(approved.facts({ ...without(revocation(zoe), 'emitter') })).toEqual([]);
  });

  it('is refused once denied or expired', () => {
    const denied = inApproval(asking([policy('p', ['ledger'], stage(1, 'leads'))]), decision(anna, { verdict: 'deny' }));
    expect(only(denied.meet(revocation(dana)), 'CancellationRefused.v1').reason.code).toBe('ERR_REQUEST_OVER');
  });
});

describe('a wish that comes before its request', () => {
  it('is kept once, judged when the request is known, and stops its approval until then', () => {
    const early = inApproval(revocation(dana), revocation(dana));
    expect(early.state()?.early.revocations).toHaveLength(1);
    early.meet({ type: 'begin', request: request(), plan: { kind: 'no-approval-needed' }, eligible: {} });
    expect(early.meet({ type: 'approve', agreedAt: start, proofs: { [idOf('ledger')]: 'e30.e30.cA' } })).toEqual([]);
    expect(early.facts(revocation(dana))).toEqual(['AccessCancelled.v1']);
    expect(early.state()?.early.revocations).toEqual([]);
  });

  it('is refused at once when nobody registered its emitter', () => {
    expect(only(inApproval().meet({ ...without(revocation(dana), 'emitter') }), 'CancellationRefused.v1').reason.code).toBe(
      'ERR_EMITTER_UNKNOWN',
    );
  });

  it('is refused when too many wait already', () => {
    const early = inApproval(...Array.from({ length: maximumEarlyRevocations }, (_, i) => revocation(person(`early ${i}`))));
    expect(only(early.meet(revocation(dana)), 'CancellationRefused.v1').reason.code).toBe('ERR_TOO_MANY_EARLY');
  });

  it('is refused when no such request was accepted within 15 minutes', () => {
    const early = inApproval(revocation(dana));
    const events = early.meet({ type: 'due' }, start + 15 * minute);
    expect(typesOf(events)).toEqual(['SubmissionAnswered', 'CancellationRefused.v1']);
    expect(only(events, 'CancellationRefused.v1')).toMatchObject({ reason: { code: 'ERR_REQUEST_UNKNOWN' }, by: dana.userName });
  });
});

function without<Value extends object, Key extends keyof Value>(value: Value, key: Key): Omit<Value, Key> {
  const { [key]: _left, ...rest } = value;
  return rest;
}
