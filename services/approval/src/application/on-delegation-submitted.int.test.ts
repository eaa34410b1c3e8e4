import { running } from '../../test/running.ts';
import { idOf, minute, only, person, refusalCodes } from '../../test/scenario.ts';
import { delegated, submitted } from '../../test/service.ts';

const codesOf = ({ delegated: told }: ReturnType<typeof running>): readonly string[] =>
  told.flatMap((event) => (event.type === 'DelegationRefused.v1' ? event.data.reasons.map(({ code }) => code) : [event.type]));

describe('a wish that another decide', () => {
  it.each([
    ['through a channel that authenticates people', 'acme.chat', ['DelegationChanged.v1']],
    ['by a system that may administer', 'acme.admin', ['DelegationChanged.v1']],
    ['by a registered system that may do neither', 'acme.pipeline', ['ERR_NOT_ENTITLED']],
    ['by a source that nobody registered', 'acme.unheard-of', ['ERR_EMITTER_UNKNOWN']],
  ])('%s', async (_who, source, told) => {
    const at = running();
    await at.delegate(delegated('anna', 'zoe', source));
    await at.delegate(delegated('anna', 'zoe', source));
    expect(codesOf(at)).toEqual(told);
  });

  it('is refused for people whom the identity store does not know', async () => {
    const at = running();
    await at.delegate(delegated('nemo', 'nobody'));
    expect(codesOf(at)).toEqual(['ERR_USER_UNKNOWN', 'ERR_USER_UNKNOWN']);
  });
});

describe('while somebody is away', () => {
  it('whoever stands in for them decides, with the groups that the other has at that moment', async () => {
    const at = running();
    await at.delegate(delegated('anna', 'zoe'));
    await at.accept();
    at.people.set('anna', person('anna'));
    await at.decide(submitted('zoe', undefined, { decisionId: idOf('too early') }));
    expect(refusalCodes(at.published)).toEqual(['ERR_NOT_AN_APPROVER']);
    at.people.set('anna', person('anna', 'leads'));
    await at.decide(submitted('zoe'));
    expect(only(at.published, 'ApprovalRecorded.v1')).toMatchObject({ decider: { userId: person('zoe').userId }, onBehalfOf: { userId: person('anna').userId } });
    expect(at.types()).toContain('AccessApproved.v1');
  });

  it.each([
    ['the other is gone', (at: ReturnType<typeof running>) => void at.people.delete('anna')],
    ['the other is disabled', (at: ReturnType<typeof running>) => void at.people.set('anna', { ...person('anna', 'leads'), enabled: false })],
    ['the other took it back', (at: ReturnType<typeof running>) => at.delegate(delegated('anna', undefined))],
    ['the time is over', (at: ReturnType<typeof running>) => void at.clock.advance(1440 * minute)],
  ])('and nobody decides once %s', async (_why, change) => {
    const at = running();
    await at.delegate(delegated('anna', 'zoe'));
    await change(at);
    await at.accept();
    const seconds = at.clock() / 1000;
    await at.decide(submitted('zoe', undefined, { claims: { exp: seconds + 300 } }));
    expect(refusalCodes(at.published)).toContain('ERR_NOT_AN_APPROVER');
  });

  it('nobody is added to those who are needed: two people are two', async () => {
    const at = running();
    at.people.delete('ben');
    at.policies.forEach((policy, i) => (at.policies[i] = { ...policy, stages: policy.stages.map((stage) => ({ ...stage, quorum: 2 })) }));
    await at.delegate(delegated('anna', 'zoe'));
    await at.accept();
    expect(only(at.published, 'AccessDenied.v1').reason.code).toBe('ERR_NO_ELIGIBLE_APPROVER');
  });
});
