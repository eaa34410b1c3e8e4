import { ada, alice, bob, fakePeople } from '../../test/people.ts';
import { account } from '../../test/requests.ts';
import { fakePlaces, fakeServices } from '../../test/services.ts';
import type { ExplainQuestion } from '../contract/index.ts';
import { explain } from './explain.ts';
import type { Services } from './ports.ts';

const question: ExplainQuestion = { person: alice.userName, account: account.accountName, permissionSet: 'ReadOnlyAccess' };
const ports = (services: Pick<Services, 'explain' | 'approversOf'>) => ({ people: fakePeople(), places: fakePlaces(), services });
const denied = { code: 'ERR_NOT_ELIGIBLE', message: 'no policy lets them' } as const;
const missing = { code: 'ERR_TICKET_MISSING', message: 'a ticket is missing' } as const;
const requester = { userId: alice.userId, userName: alice.userName };

describe('why somebody may have something', () => {
  it('names the policy and who would be asked', async () => {
    const answer = await explain(question, ada, ports(fakeServices([], { requester })));
    expect(answer).toMatchObject({ allowed: true, policyId: 'engineers', approvalRequired: true, person: alice.userName, accountName: account.accountName, stages: [{ policyId: 'prod', people: [bob.userName] }] });
  });

  it('gives every reason against it, and asks for no approvers where a policy denies it', async () => {
    const services = fakeServices([], { allowed: false, requester, reasons: [denied], denying: ['never'], approvalRequired: undefined });
    expect(await explain(question, ada, ports(services))).toMatchObject({ allowed: false, reasons: [denied], denying: ['never'], approvalRequired: false, stages: [] });
    expect(services.asked).toEqual(['explain 1']);
  });

  it('tells who would be asked also where something stands against it', async () => {
    const services = fakeServices([], { allowed: false, requester, reasons: [missing] });
    expect(await explain(question, ada, ports(services))).toMatchObject({ allowed: false, reasons: [missing], approvalRequired: true, stages: [{ policyId: 'prod' }] });
  });

  it('asks for no approvers where something stands against what needs none, as break glass', async () => {
    const services = fakeServices([], { allowed: false, requester, reasons: [missing], approvalRequired: false });
    expect(await explain({ ...question, breakGlass: true }, ada, ports(services))).toMatchObject({ allowed: false, reasons: [missing], approvalRequired: false, stages: [] });
    expect(services.asked).toEqual(['explain 1']);
  });

  it.each([
    ['is no where nobody could approve it', true, [], ['ERR_NO_APPROVERS']],
    ['does not blame approvers where it is refused before them', false, [missing], ['ERR_TICKET_MISSING']],
  ])('%s', async (_, allowed, reasons, codes) => {
    const services = { ...fakeServices([], { allowed, requester, reasons }), approversOf: async () => [{ stages: [], problem: { code: 'ERR_NO_APPROVERS', message: 'nobody could' } as const }] };
    const answer = await explain(question, ada, ports(services));
    expect([answer.allowed, answer.reasons.map(({ code }) => code)]).toEqual([false, codes]);
  });

  it('does not guess at an account', async () => {
    await expect(explain({ ...question, account: 'Prod 99' }, ada, ports(fakeServices()))).rejects.toMatchObject({ code: 'ERR_ACCOUNT_UNKNOWN' });
  });

  it('is told to auditors and administrators alone', async () => {
    await expect(explain(question, alice, ports(fakeServices()))).rejects.toMatchObject({ code: 'ERR_AUDITORS_ONLY' });
  });
});
