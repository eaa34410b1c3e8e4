import { delegationChangedV1, delegationRefusedV1 } from '@team/contracts';
import { delegate, delegations } from '../../test/delegating.ts';
import { idOf, minute, person, start } from '../../test/scenario.ts';
import { delegatedTo, delegationsOf, maximumDelegations } from './delegations.ts';

const anna = person('anna', 'leads');
const ben = person('ben', 'leads');
const carl = person('carl');
const day = 24 * 60 * minute;
const changed = ['DelegationChanged.v1'];
const envelope = (data: object) => ({ metadata: { eventId: idOf('event'), occurredAt: new Date(start).toISOString() }, data: JSON.parse(JSON.stringify(data)) as unknown });

describe('a delegation', () => {
  it('holds from then until then, and is told', () => {
    const all = delegations();
    const [, told] = all.meet(delegate(anna, ben));
    expect(told).toEqual({
      type: 'DelegationChanged.v1',
      data: {
        delegationId: idOf('anna@acme.example is away'),
        delegator: { userId: anna.userId, userName: anna.userName },
        delegate: { userId: ben.userId, userName: ben.userName },
        from: '2026-11-22T10:00:00.000Z',
        until: '2026-11-29T10:00:00.000Z',
        changedAt: '2026-11-22T10:00:00.000Z',
      },
    });
    expect(() => delegationChangedV1.validate(envelope(told?.data ?? {}))).not.toThrow();
    expect(delegatedTo(all.state(), ben.userId)).toMatchObject([{ delegator: { userId: anna.userId }, from: start, until: start + 7 * day }]);
  });

  it('is told of to both, until it is over, and to nobody else', () => {
    const all = delegations(delegate(anna, ben));
    const toldTo = (who: { readonly userId: string }, at: number) => delegationsOf(all.state(), who.userId, at).map(({ delegator, delegateId }) => [delegator.userId, delegateId]);
    expect([toldTo(anna, start), toldTo(ben, start), toldTo(carl, start)]).toEqual([[[anna.userId, ben.userId]], [[anna.userId, ben.userId]], []]);
    expect(toldTo(anna, start + 7 * day)).toEqual([]);
    all.meet(delegate(anna, undefined, { id: 'anna@acme.example is away' }));
    expect(toldTo(ben, start)).toEqual([]);
  });

  it('changes nothing when it comes again, in the same event or in another', () => {
    const all = delegations(delegate(anna, ben));
    expect(all.meet(delegate(anna, ben))).toEqual([]);
    expect(all.told(delegate(anna, ben, { again: 'later' }))).toEqual([]);
    expect(all.state()?.delegations).toHaveLength(1);
  });

  it('is refused under an id that is taken, and the first stands', () => {
    const all = delegations(delegate(anna, ben, { id: 'one' }));
    expect(all.told(delegate(anna, carl, { id: 'one' }))).toEqual(['ERR_DELEGATION_ID_REUSED']);
    expect(all.told(delegate(carl, undefined, { id: 'one' }))).toEqual(['ERR_DELEGATION_ID_REUSED']);
    expect(delegatedTo(all.state(), ben.userId)).toHaveLength(1);
  });

  it.each([
    ['of somebody who is disabled', delegate({ ...anna, enabled: false }, ben), ['ERR_DELEGATOR_DISABLED']],
    ['to somebody who is disabled', delegate(anna, { ...ben, enabled: false }), ['ERR_DELEGATE_DISABLED']],
    ['to oneself, whatever the letters of the name', delegate(anna, { ...anna, userName: 'ANNA@ACME.EXAMPLE' }), ['ERR_DELEGATION_TO_SELF']],
    ['that ends before it begins', delegate(anna, ben, { from: 3, until: 2 }), ['ERR_DELEGATION_PERIOD']],
    ['that is over', delegate(anna, ben, { from: -3, until: -1 }), ['ERR_DELEGATION_OVER']],
    ['for more than ninety days', delegate(anna, ben, { until: 90.001 }), ['ERR_DELEGATION_TOO_LONG']],
    ['by a source that nobody registered', { ...delegate(anna, ben), emitter: undefined }, ['ERR_EMITTER_UNKNOWN']],
    ['by a system that authenticates nobody', { ...delegate(anna, ben), emitter: { name: 'pipeline', mayDelegate: false } }, ['ERR_NOT_ENTITLED']],
  ])('%s is refused', (_case, { emitter, ...command }, codes) => {
    const all = delegations();
    expect(all.told({ ...command, ...(emitter === undefined ? {} : { emitter }) })).toEqual(codes);
    expect(all.state()?.delegations).toEqual([]);
  });

  it('is told every reason at once', () => {
    const all = delegations();
    const unknown = { problem: { code: 'ERR_USER_UNKNOWN', message: 'nobody' } } as const;
    const command = { ...delegate(anna, ben, { from: -100, until: -1 }), people: { delegator: unknown, delegate: { person: { ...ben, enabled: false } } } };
    const [, refused] = all.meet(command);
    expect(refused).toMatchObject({
      type: 'DelegationRefused.v1',
      data: { reasons: ['ERR_USER_UNKNOWN', 'ERR_DELEGATE_DISABLED', 'ERR_DELEGATION_OVER', 'ERR_DELEGATION_TOO_LONG'].map((code) => ({ code })) },
    });
    expect(() => delegationRefusedV1.validate(envelope(refused?.data ?? {}))).not.toThrow();
    expect(all.meet(command)).toEqual([]);
  });

  it.each([
    ['to somebody who is away then', [delegate(ben, carl, { from: 6, until: 8 })], ['ERR_DELEGATION_CHAIN']],
    ['by somebody who stands in for another then', [delegate(carl, anna, { from: 6, until: 8 })], ['ERR_DELEGATION_CHAIN']],
    ['back to who delegated', [delegate(ben, anna)], ['ERR_DELEGATION_CHAIN', 'ERR_DELEGATION_CHAIN']],
    ['to a second person for the same time', [delegate(anna, carl, { id: 'first', from: 6, until: 8 })], ['ERR_DELEGATION_OVERLAPS']],
    ['to somebody who was away before', [delegate(ben, carl, { from: -2, until: 0 })], changed],
    ['to somebody who is away afterwards', [delegate(ben, carl, { from: 7, until: 9 })], changed],
    ['by somebody who stands in for another afterwards', [delegate(carl, anna, { from: 7, until: 9 })], changed],
    ['to somebody who stands in for others, too', [delegate(carl, ben)], changed],
    ['a second time, for later', [delegate(anna, carl, { id: 'first', from: 7, until: 9 })], changed],
  ])('%s', (_case, before, told) => {
    expect(delegations(...before).told(delegate(anna, ben))).toEqual(told);
  });
});

describe('a delegation that is withdrawn', () => {
  it('holds no more and is told without a delegate, and cannot be begun again', () => {
    const all = delegations(delegate(anna, ben));
    expect(all.meet(delegate(anna, undefined)).at(-1)).toMatchObject({ type: 'DelegationChanged.v1', data: expect.not.objectContaining({ delegate: expect.anything() }) });
    expect(delegatedTo(all.state(), ben.userId)).toEqual([]);
    expect(all.told(delegate(anna, undefined, { again: 'later' }))).toEqual([]);
    expect(all.meet(delegate(anna, ben))).toEqual([]);
    expect(all.told(delegate(anna, ben, { again: 'later' }))).toEqual(['ERR_DELEGATION_WITHDRAWN']);
    expect(all.told(delegate(anna, carl, { id: 'another' }))).toEqual(changed);
  });

  it('does not hold when it comes after its withdrawal', () => {
    const all = delegations(delegate(anna, undefined));
    expect(all.told(delegate(anna, ben))).toEqual(['ERR_DELEGATION_WITHDRAWN']);
  });

  it('may be withdrawn for who is gone from the identity store, by the name or id they had', () => {
    const gone = { problem: { code: 'ERR_USER_UNKNOWN', message: 'gone' } } as const;
    expect(delegations(delegate(anna, ben)).told({ ...delegate(anna, undefined), people: { delegator: gone } })).toEqual(changed);
    const somebodyElse = delegate({ ...carl, userName: 'x' }, undefined, { id: 'anna@acme.example is away' });
    expect(delegations(delegate(anna, ben)).told({ ...somebodyElse, people: { delegator: gone } })).toEqual(['ERR_DELEGATION_ID_REUSED']);
  });
});

describe('all delegations', () => {
  it('forget those that are over', () => {
    const all = delegations(delegate(anna, ben));
    all.meet(delegate(carl, ben, { from: 8, until: 9 }), start + 7 * day);
    expect(all.state()?.delegations).toMatchObject([{ delegator: { userId: carl.userId } }]);
  });

  it('are bounded, and so is their item', () => {
    const all = delegations();
    const wide = (name: string) => ({ ...person(name), userId: `1234567890-${idOf(name)}`, userName: `${'語'.repeat(120)}${name}` });
    for (let i = 0; i < maximumDelegations; i += 1) all.meet(delegate(wide(`${i}`), wide('ben'), { until: 90 }));
    expect(all.told(delegate(anna, ben))).toEqual(['ERR_TOO_MANY_DELEGATIONS']);
    expect(all.state()?.delegations).toHaveLength(maximumDelegations);
    expect(Buffer.byteLength(JSON.stringify(all.state()))).toBeLessThan(300_000);
  }, 30_000);
});
