import type { EligibilityPolicy } from '@team/contracts';
import { account, id, policy, readOnly, wren } from '../../test/facts.ts';
import { asked as first, service } from '../../test/service.ts';
import { explain } from './answer-query.ts';

const asked = { requester: wren.userName, accountId: account.id, permissionSet: readOnly.name, durationMinutes: 60 };
const free: EligibilityPolicy = { ...policy, policyId: 'free', approval: 'not-required', ticket: 'required' };

async function explained(policies: readonly EligibilityPolicy[], more: { readonly justification?: string; readonly breakGlass?: boolean } = {}) {
  const { ports, world } = service();
  world.policies = policies;
  return explain({ ...asked, ...more }, ports, undefined);
}

describe('what would become of something that is refused as it stands', () => {
  it.each<[string, readonly EligibilityPolicy[], { readonly breakGlass?: boolean }, boolean | undefined]>([
    ['by the policy that covers it', [policy], {}, true],
    ['not where that needs no approval', [{ ...free, ticket: 'optional' }], {}, false],
    ['by the policy that is nearest to allow it, not by the most favourable', [free, policy], {}, true],
    ['never for break glass', [{ ...policy, breakGlass: 'allowed' }], { breakGlass: true }, false],
    ['by none, where none covers it', [], {}, undefined],
    ['by none, where one denies it', [policy, { ...policy, policyId: 'never', effect: 'deny' }], {}, undefined],
  ])('somebody would have to agree: %s', async (_, policies, more, approvalRequired) => {
    const explanation = await explained(policies, more);
    expect([explanation.allowed, explanation.approvalRequired]).toEqual([false, approvalRequired]);
  });

  it('is otherwise as it is judged: the same policy, once nothing stands against it', async () => {
    expect(await explained([policy], { justification: 'look at the queue' })).toMatchObject({ allowed: true, policyId: policy.policyId, approvalRequired: true });
    expect(await explained([free, policy], { justification: 'look at the queue' })).toMatchObject({ allowed: true, policyId: policy.policyId, approvalRequired: true });
  });
});

describe('what would become of an extension', () => {
  const extension = { ...asked, extends: first.requestId, durationMinutes: 30, justification: 'look at the queue' };
  const codesOf = async ({ ports }: ReturnType<typeof service>, more: object = {}) => {
    const { allowed, reasons } = await explain({ ...extension, ...more }, ports, undefined);
    return allowed ? ['allowed'] : reasons.map(({ code }) => code);
  };

  it('is judged with what it extends, as the request would be', async () => {
    const at = service();
    await at.ask();
    expect([await codesOf(at), await codesOf(at, { durationMinutes: 61 })]).toEqual([['allowed'], ['ERR_DURATION_TOO_LONG']]);
    await at.ask({ requestId: id(51), extends: first.requestId, durationMinutes: 61 });
    expect(at.published.at(-1)).toMatchObject({ type: 'AccessRequestRejected.v1', data: { reasons: [{ code: 'ERR_DURATION_TOO_LONG' }] } });
  });

  it('takes the approval of the whole, and says of each policy what it says of the whole', async () => {
    const at = service();
    const short: EligibilityPolicy = { ...policy, policyId: 'short', maximumDurationMinutes: 60, approval: 'not-required' };
    at.world.policies = [policy, short];
    await at.ask();
    expect(await explain(extension, at.ports, undefined)).toMatchObject({ allowed: true, policyId: policy.policyId, approvalRequired: true, considered: [{ policyId: 'short', problems: [{ code: 'ERR_DURATION_TOO_LONG' }] }, { policyId: policy.policyId, problems: [] }] });
  });

  it('names an extension that there is already to whoever has it, and to nobody who asks for them and did not ask for it', async () => {
    const at = service();
    await at.ask();
    await at.ask({ requestId: id(51), extends: first.requestId, durationMinutes: 30 });
    const toldTo = async (askedBy: string): Promise<boolean> => JSON.stringify(await explain({ ...extension, askedBy }, at.ports, undefined)).includes(id(51));
    expect([await toldTo(wren.userId), await toldTo(id(77))]).toEqual([true, false]);
  });

  it.each<[string, string[], (at: ReturnType<typeof service>) => Promise<unknown>]>([
    ['was never accepted', ['ERR_EXTENDS_UNKNOWN'], async () => undefined],
    ['is for other targets', ['ERR_EXTENDS_TARGET'], async (at) => {
      await at.ask();
      at.world.account = { ...account, id: '222222222222' };
    }],
    ['has an extension already', ['ERR_EXTENDS_TWICE'], async (at) => {
      await at.ask();
      await at.ask({ requestId: id(51), extends: first.requestId, durationMinutes: 30 });
    }],
    ['is over', ['ERR_EXTENDS_ENDED'], async (at) => {
      await at.ask();
      await at.ports.requesters.execute(wren.userId, { type: 'release', requestId: first.requestId });
    }],
    ['is somebody else’s', ['ERR_EXTENDS_OTHERS'], async (at) => {
      await at.ask();
      at.world.person = { ...wren, userId: id(99) };
    }],
  ])('is refused where what it extends %s', async (_, expected, happens) => {
    const at = service();
    await happens(at);
    const accountId = at.world.account?.id ?? account.id;
    expect(await codesOf(at, { accountId })).toEqual(expected);
  });
});
