import type { Explanation } from '@team/contracts';
import { ada, alice, approvers, bob, engineers, fakePeople, now, olga, rudi } from '../../test/people.ts';
import { account, active, fakeViews, grant, grantId, request, requestIdOf, setArn } from '../../test/requests.ts';
import { fakeIntents, fakePlaces, fakeServices } from '../../test/services.ts';
import type { Ask, End } from '../contract/index.ts';
import { ask } from './ask.ts';
import { end } from './end.ts';
import type { Named, RequestView, SignedIn } from './ports.ts';
import { preview } from './preview.ts';

const newId = '018f6b7a-0000-7000-9000-000000000001';
const target = { accountId: account.accountId, permissionSetArn: setArn };
const asked: Ask = { targets: [target], durationMinutes: 60 };

const nobody = { groupIds: [], userIds: [] };
/** Alice may ask for others. */
const hers = { groupIds: [], userIds: [alice.userId] };

function start(views: readonly RequestView[] = [], mayAskForOthers: Named = nobody) {
  const people = fakePeople();
  const intents = fakeIntents();
  const ports = { people, views: fakeViews(views), intents, mayAskForOthers, newId: () => newId, now: () => now };
  return {
    ...{ people, intents },
    ask: (words: Partial<Ask>, person = alice) => ask({ ...asked, ...words }, person, ports),
    end: (words: End, person: SignedIn) => end(requestIdOf(1), words, person, ports),
  };
}

describe('asking', () => {
  it('is in the name of who is signed in, under an id of the server, with every word', async () => {
    const { ask: say, intents, people } = start([active(7)]);
    const words = { startAt: '2026-12-01T08:00:00Z', justification: 'deploy', breakGlass: true, extends: requestIdOf(7) };
    expect(await say({ ...words, ticket: 'OPS-1' })).toEqual({ requestId: newId, href: `/v1/requests/${newId}` });
    expect(intents.sent).toEqual([
      {
        detailType: 'AccessRequested.v1',
        data: { requestId: newId, requester: alice.userName, targets: [target], durationMinutes: 60, ticket: { id: 'OPS-1' }, ...words },
      },
    ]);
    expect(people.asked).toEqual(['live']);
  });

  it.each<[string, Partial<Ask>, Partial<SignedIn>, string]>([
    ['for somebody else', { for: olga.userName }, {}, 'ERR_BREAK_GLASS_FOR_ANOTHER'],
    ['by who signed in more than 15 minutes ago', {}, { authTime: now / 1000 - 901 }, 'ERR_SIGN_IN_TOO_OLD'],
  ])('breaks no glass %s', async (_, words, person, code) => {
    const { ask: say, intents } = start([], hers);
    await expect(say({ ...words, breakGlass: true }, { ...alice, ...person })).rejects.toMatchObject({ code });
    expect(intents.sent).toEqual([]);
    await say(words, { ...alice, ...person });
    expect(intents.sent).toHaveLength(1);
  });

  it('for another says who asks', async () => {
    const { ask: say, intents } = start([], hers);
    await say({ for: olga.userName });
    expect(intents.sent).toMatchObject([{ data: { requester: olga.userName, askedBy: alice.userName } }]);
  });

  it('for another is for those who may, by themselves or by a group of theirs; the same holds for what would become of it', async () => {
    const theirs = { groupIds: [engineers], userIds: [] };
    for (const mayAskForOthers of [nobody, { groupIds: [approvers], userIds: [bob.userId] }]) {
      const { ask: say, intents } = start([], mayAskForOthers);
      await expect(say({ for: olga.userName })).rejects.toMatchObject({ kind: 'forbidden', code: 'ERR_MAY_NOT_ASK_FOR_OTHERS' });
      await expect(preview({ ...asked, for: olga.userName }, alice, { people: fakePeople(), views: fakeViews([]), places: fakePlaces(), services: fakeServices(), mayAskForOthers })).rejects.toMatchObject({ code: 'ERR_MAY_NOT_ASK_FOR_OTHERS' });
      expect(intents.sent).toEqual([]);
      await say({ for: alice.userName.toUpperCase() });
      await say({ for: alice.userId });
      expect(intents.sent).toHaveLength(2);
    }
    const { ask: say, intents } = start([], theirs);
    await say({ for: olga.userName });
    expect(intents.sent).toHaveLength(1);
  });

  it('says who asks in nobody else’s name', async () => {
    const { ask: say, intents } = start([], hers);
    await expect(say({ for: olga.userName, askedBy: bob.userName })).rejects.toMatchObject({ kind: 'invalid', code: 'ERR_ASKED_BY' });
    expect(intents.sent).toEqual([]);
  });

  it('is refused beforehand what asking would be refused, and of oneself is for nobody else', async () => {
    const { ask: say, intents } = start([], hers);
    const foresee = (more: Partial<Ask>) => preview({ ...asked, ...more }, alice, { people: fakePeople(), views: fakeViews([]), places: fakePlaces(), services: fakeServices(), mayAskForOthers: hers });
    await expect(foresee({ for: olga.userName, breakGlass: true })).rejects.toMatchObject({ code: 'ERR_BREAK_GLASS_FOR_ANOTHER' });
    await expect(foresee({ askedBy: bob.userName })).rejects.toMatchObject({ code: 'ERR_ASKED_BY' });
    await foresee({ for: alice.userName.toUpperCase(), breakGlass: true });
    await say({ for: alice.userId, breakGlass: true });
    expect(intents.sent).toEqual([expect.objectContaining({ data: expect.not.objectContaining({ askedBy: expect.anything() as unknown }) as unknown })]);
  });

  it('again under the same id is asking once, for whoever judges; under an id of another it is refused', async () => {
    const { ask: say, intents } = start([request(1), request(2, { requester: olga })]);
    await say({ requestId: requestIdOf(1) });
    await expect(say({ requestId: requestIdOf(2) })).rejects.toMatchObject({ code: 'ERR_REQUEST_ID_TAKEN' });
    expect(intents.sent).toMatchObject([{ data: { requestId: requestIdOf(1) } }]);
  });
});

it('a bundle is asked for by its name, behind what is named by itself: the judge asks once for what both have', async () => {
  const { ask: say, intents } = start();
  await say({ targets: [{ bundle: 'prod-read' }, target] });
  expect(intents.sent).toMatchObject([{ data: { targets: [target, { bundle: 'prod-read' }] } }]);
});

describe('ending', () => {
  it.each<[string, RequestView, SignedIn]>([
    ['what one asked for and waits', request(1), alice],
    ['what one has', active(1), alice],
    ['what the approval lets one end', active(1), bob],
    ['anything, for an administrator', active(1), rudi],
  ])('%s', async (_, view, person) => {
    const { end: say, intents } = start([view]);
    await say({ reason: 'done' }, person);
    expect(intents.sent).toEqual([{ detailType: 'AccessRevocationRequested.v1', data: { requestId: requestIdOf(1), by: person.userName, reason: 'done' } }]);
  });

  it('one grant of several', async () => {
    const { end: say, intents } = start([active(1)]);
    await say({ grantIds: [grantId] }, alice);
    expect(intents.sent).toMatchObject([{ data: { grantIds: [grantId] } }]);
  });

  it('is asked also of what is over by what one reads, which may be behind', async () => {
    const { end: say, intents } = start([active(1, { story: { grants: [grant('ending')] } })]);
    await say({}, alice);
    expect(intents.sent).toHaveLength(1);
  });

  it.each<[string, RequestView, SignedIn, End, string]>([
    ['what others may end', active(1), ada, {}, 'ERR_MAY_NOT_END'],
    ['what waits, for an approver', request(1), bob, {}, 'ERR_MAY_NOT_END'],
    ['what one may not see', active(1), olga, {}, 'ERR_REQUEST_UNKNOWN'],
    ['a grant that is not there', active(1), alice, { grantIds: [requestIdOf(9)] }, 'ERR_GRANT_UNKNOWN'],
    ['a part of what waits', request(1), alice, { grantIds: [grantId] }, 'ERR_CANCELLATION_PARTIAL'],
    ['what was denied', request(1, { row: { status: 'denied' } }), alice, {}, 'ERR_REQUEST_OVER'],
  ])('is not for %s', async (_, view, person, words, code) => {
    const { end: say, intents } = start([view]);
    await expect(say(words, person)).rejects.toMatchObject({ code });
    expect(intents.sent).toEqual([]);
  });
});

describe('a preview', () => {
  const seen = (targets: number, explanation: Partial<Explanation> = {}) => {
    const services = fakeServices([], explanation);
    return { services, shown: preview({ ...asked, targets: Array.from({ length: targets }, () => target) }, alice, { people: fakePeople(), views: fakeViews([]), places: fakePlaces(), services, mayAskForOthers: nobody }) };
  };

  it('says who would be asked, in questions that the contracts take', async () => {
    const { services, shown } = seen(50);
    const { allowed, targets } = await shown;
    expect([allowed, targets.length]).toEqual([true, 50]);
    expect(services.asked).toEqual(['explain 50', 'approvers 20', 'approvers 20', 'approvers 10']);
    expect(targets[49]).toEqual({ ...target, allowed: true, approvalRequired: true, reasons: [], warnings: [], stages: [{ policyId: 'prod', quorum: 1, people: [bob.userName], count: 1 }] });
  });

  it('asks nobody where a policy needs no approval', async () => {
    const { services, shown } = seen(1, { approvalRequired: false });
    expect(await shown).toMatchObject({ allowed: true, targets: [{ approvalRequired: false, stages: [] }] });
    expect(services.asked).toEqual(['explain 1']);
  });

  it('says who would be asked while words are missing, and why it is not allowed yet', async () => {
    const reasons = [{ code: 'ERR_TICKET_MISSING', message: 'policy "engineers" asks for a ticket' }];
    const { shown } = seen(1, { allowed: false, reasons });
    expect(await shown).toMatchObject({ allowed: false, targets: [{ allowed: false, approvalRequired: true, reasons, stages: [{ policyId: 'prod' }] }] });
  });

  it.each<[string, Partial<Explanation>]>([
    ['no policy could allow it', { allowed: false, considered: [], approvalRequired: undefined }],
    ['a policy denies it', { allowed: false, denying: ['never'], approvalRequired: undefined }],
    ['words are missing of what needs no approval, as of break glass', { allowed: false, approvalRequired: false }],
  ])('tells nobody who approves where %s', async (_, explanation) => {
    const { services, shown } = seen(1, explanation);
    expect(await shown).toMatchObject({ allowed: false, targets: [{ approvalRequired: false, stages: [] }] });
    expect(services.asked).toEqual(['explain 1']);
  });

  it('is not allowed where nobody could approve it', async () => {
    const problem = { code: 'ERR_NO_APPROVER', message: 'nobody but the requester could approve this' };
    const services = { ...fakeServices(), approversOf: async () => [{ stages: [], problem }] };
    expect(await preview(asked, alice, { people: fakePeople(), views: fakeViews([]), places: fakePlaces(), services, mayAskForOthers: nobody })).toMatchObject({ allowed: false, targets: [{ allowed: false, reasons: [problem] }] });
  });
});
