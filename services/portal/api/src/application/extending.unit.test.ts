import { ada, alice, approvers, bob, engineers, fakePeople, now, olga, rudi } from '../../test/people.ts';
import { active, fakeViews, grant, nobody, request, requestIdOf, setArn, account, type Made } from '../../test/requests.ts';
import { fakeIntents, fakePlaces, fakeServices } from '../../test/services.ts';
import type { Ask } from '../contract/index.ts';
import { ask } from './ask.ts';
import type { Named, RequestView, SignedIn } from './ports.ts';
import { preview } from './preview.ts';
import { showRequest } from './show-request.ts';

/** Alice may ask for others. */
const hers: Named = { groupIds: [], userIds: [alice.userId] };
/** Alice asked for Olga, who has it. */
const forOlga = active(1, { requester: olga, row: { askedBy: alice.userName }, view: { ownIds: [olga.userId, alice.userId] } });
const glass: RequestView = { ...forOlga, row: { ...forOlga.row, breakGlass: true } };
const olgasOwn = active(1, { requester: olga });

describe('what a request says of extending', () => {
  it.each<[string, RequestView, SignedIn, Named, boolean]>([
    ['who has it', active(1), alice, nobody, true],
    ['who has it, though another asked', forOlga, olga, nobody, true],
    ['who has it, of break glass', active(1, { row: { breakGlass: true } }), alice, nobody, true],
    ['who asked for it and may ask for others', forOlga, alice, hers, true],
    ['who asked for it and may ask for others by a group', forOlga, alice, { groupIds: [engineers], userIds: [] }, true],
    ['who asked for it and may ask for others no more', forOlga, alice, { groupIds: [approvers], userIds: [bob.userId] }, false],
    ['who asked for it, of break glass', glass, alice, hers, false],
    ['who asked for it, before it begins', { ...forOlga, story: { ...forOlga.story, grants: [grant('scheduled')] } }, alice, hers, false],
    ['an approver who may ask for others', forOlga, bob, { groupIds: [], userIds: [bob.userId] }, false],
    ['an auditor who may ask for others', olgasOwn, ada, { groupIds: [], userIds: [ada.userId] }, false],
    ['an administrator who may ask for others', olgasOwn, rudi, { groupIds: [], userIds: [rudi.userId] }, false],
  ])('is true to %s', async (_, view, person, mayAskForOthers, extend) => {
    expect((await showRequest(requestIdOf(1), person, { people: fakePeople(), views: fakeViews([view]), places: fakePlaces(), mayAskForOthers, now: () => now })).may.extend).toBe(extend);
  });

  it.each<[string, Made, boolean]>([
    ['waits', {}, false],
    ['runs', { row: { status: 'active' } }, false],
    ['came to nothing', { row: { status: 'denied' } }, true],
    ['was rejected', { row: { status: 'rejected' }, view: { ownIds: [] } }, true],
    ['is judged by nobody yet', { view: { ownIds: [] } }, true],
    ['is another’s', { story: { extends: { requestId: requestIdOf(3) } } }, true],
  ])('is false where an extension %s', async (_, { story, ...made }, extend) => {
    const extension = request(2, { ...made, story: { extends: { requestId: requestIdOf(1) }, ...story } });
    const ports = { people: fakePeople(), views: fakeViews([active(1), extension]), places: fakePlaces(), mayAskForOthers: nobody, now: () => now };
    expect((await showRequest(requestIdOf(1), alice, ports)).may.extend).toBe(extend);
  });

  it('names each permission set as one asks for it', async () => {
    const { grants } = await showRequest(requestIdOf(1), alice, { people: fakePeople(), views: fakeViews([forOlga]), places: fakePlaces(), mayAskForOthers: hers, now: () => now });
    expect(grants).toMatchObject([{ ...account, permissionSetArn: setArn }]);
  });
});

describe('asking for more time', () => {
  const more: Ask = { targets: [{ accountId: account.accountId, permissionSetArn: setArn }], durationMinutes: 30, extends: requestIdOf(1) };
  function start(view: RequestView, mayAskForOthers: Named) {
    const [intents, services] = [fakeIntents(), fakeServices()];
    const asked: object[] = [];
    const noting = <Question extends object, Answer>(question: (all: readonly Question[]) => Promise<Answer>) => (all: readonly Question[]): Promise<Answer> => (asked.push(...all), question(all));
    const ports = { people: fakePeople(), views: fakeViews([view]), places: fakePlaces(), services: { ...services, explain: noting(services.explain), approversOf: noting(services.approversOf) } };
    return {
      ...{ intents, asked },
      ask: (words: Partial<Ask> = {}, person = alice) => ask({ ...more, ...words }, person, { ...ports, intents, mayAskForOthers, newId: () => requestIdOf(99), now: () => now }),
      preview: (words: Partial<Ask> = {}, person = alice) => preview({ ...more, ...words }, person, { ...ports, mayAskForOthers }),
    };
  }

  it.each<[string, RequestView, SignedIn, Partial<Ask>, { requester: string; askedBy?: string }]>([
    ['one’s own is for oneself', active(1), alice, {}, { requester: alice.userName }],
    ['one’s own that another asked for is for oneself, asked by nobody else', forOlga, olga, {}, { requester: olga.userName }],
    ['what one asked for another is for that one, and says who asks', forOlga, alice, {}, { requester: olga.userName, askedBy: alice.userName }],
    ['what one asked for another is the same where one names them', forOlga, alice, { for: olga.userName }, { requester: olga.userName, askedBy: alice.userName }],
    ['who is named is left to the judge, who knows whose it is', forOlga, alice, { for: bob.userName }, { requester: bob.userName, askedBy: alice.userName }],
  ])('of %s', async (_, view, person, words, whose) => {
    const { ask: say, preview: look, intents, asked } = start(view, hers);
    await look(words, person);
    await say(words, person);
    // Judged with what it extends; whoever asks for another is none of those who could approve, and told of nothing but what they asked for.
    const place = { accountId: account.accountId, requester: whose.requester, ...(whose.askedBy === undefined ? {} : { askedBy: person.userId }) };
    expect(asked).toEqual([
      { ...place, permissionSet: setArn, durationMinutes: 30, extends: requestIdOf(1) },
      { ...place, permissionSetArn: setArn },
    ]);
    const { for: _named, ...said } = { ...more, ...words };
    expect(intents.sent).toEqual([{ detailType: 'AccessRequested.v1', data: { requestId: requestIdOf(99), ...said, ...whose } }]);
  });

  it.each<[string, RequestView, SignedIn, Named, Partial<Ask>, string]>([
    ['what one has not and did not ask for', olgasOwn, alice, hers, {}, 'ERR_REQUEST_UNKNOWN'],
    ['what one has not and did not ask for, whomever one names', olgasOwn, alice, hers, { for: olga.userName }, 'ERR_REQUEST_UNKNOWN'],
    ['what one may see and end', active(1), bob, hers, { for: alice.userName }, 'ERR_REQUEST_UNKNOWN'],
    ['what an administrator may see', active(1), rudi, { groupIds: [], userIds: [rudi.userId] }, { for: alice.userName }, 'ERR_REQUEST_UNKNOWN'],
    ['what is not there', request(2), alice, hers, {}, 'ERR_REQUEST_UNKNOWN'],
    ['what one asked for another while one might', forOlga, alice, nobody, {}, 'ERR_MAY_NOT_ASK_FOR_OTHERS'],
  ])('is refused of %s, before it is sent', async (_, view, person, mayAskForOthers, words, code) => {
    const { ask: say, preview: look, intents, asked } = start(view, mayAskForOthers);
    await expect(look(words, person)).rejects.toMatchObject({ code });
    await expect(say(words, person)).rejects.toMatchObject({ code });
    expect([intents.sent, asked]).toEqual([[], []]);
  });

  it('breaks no glass for another', async () => {
    const { ask: say, intents } = start(glass, hers);
    await expect(say({ breakGlass: true })).rejects.toMatchObject({ code: 'ERR_BREAK_GLASS_FOR_ANOTHER' });
    expect(intents.sent).toEqual([]);
    await say({ breakGlass: true }, olga);
    expect(intents.sent).toHaveLength(1);
  });
});
