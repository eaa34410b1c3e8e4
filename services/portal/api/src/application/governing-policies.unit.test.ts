import type { EmitterRegistration } from '@team/contracts';
import { ada, alice, approvers, bob, engineers, fakePeople, now, rudi } from '../../test/people.ts';
import { active, account, fakeViews, grant, grantId, requestIdOf, setArn } from '../../test/requests.ts';
import { changeId, fakeAudit, fakeIntents, fakePlaces, fakeSigner, governedServices, limits, policy, proposal } from '../../test/services.ts';
import type { PlanQuestion, PolicyChange } from '../contract/index.ts';
import { decideOnChange } from './decide-on-change.ts';
import { listActivity } from './list-activity.ts';
import { listPolicies } from './list-policies.ts';
import { planChange } from './plan-change.ts';
import type { AuditTrail, Services, SignedIn } from './ports.ts';
import { showChange } from './show-change.ts';
import { submitChange } from './submit-change.ts';

const emitter: EmitterRegistration = { name: 'pipeline', roleArn: 'arn:aws:iam::123456789012:role/pipeline', source: 'acme.pipeline', detailTypes: ['AccessRequested.v1'], mayAskFor: { groupIds: [engineers], userIds: [] }, mayRevoke: true };

const ownAccount = '999988887777';
const accounts = [account.accountId, ownAccount, '999999999999'].map((id) => ({ id, name: id === account.accountId ? account.accountName : id, active: true, ouPath: ['r-acme'] }));

function start(proposals = [proposal(bob)], more: Partial<Services> = {}) {
  const intents = fakeIntents();
  const signer = fakeSigner();
  const people = fakePeople();
  const services = governedServices(proposals, more);
  const ports = { people, places: fakePlaces(accounts), services, intents, signer, emitters: [emitter], ownAccount, newId: () => changeId, now: () => now };
  return {
    ...{ intents, signer, people },
    list: (person: SignedIn) => listPolicies(person, ports),
    plan: (question: PlanQuestion) => planChange(question, rudi, ports),
    submit: (change: PolicyChange, person = rudi) => submitChange(change, person, ports),
    decide: (person: SignedIn, id = changeId) => decideOnChange(id, { verdict: 'agree', comment: 'fine' }, person, ports),
    show: (question = {}, person = ada) => showChange(changeId, question, person, ports),
  };
}

describe('policies as they stand', () => {
  it('have their versions and their text, with names beside ids', async () => {
    const { policies, names } = await start().list(ada);
    expect(policies.map(({ kind, id, version }) => [kind, id, version])).toEqual([['EligibilityPolicy', 'engineers', 1], ['Limits', 'limits', 1], ['ApproverPolicy', 'prod', 2]]);
    expect(policies[0]?.text).toBe(
      `kind: EligibilityPolicy\nname: engineers\nprincipals:\n  groups: [Engineers]\ntargets:\n  accounts: [payments-prod]\npermissionSets: [ReadOnlyAccess]\napproval: required\nmaximumDurationMinutes: 240\n`,
    );
    expect(names).toEqual(expect.arrayContaining([{ id: engineers, name: 'Engineers' }, { id: account.accountId, name: 'payments-prod' }, { id: setArn, name: 'ReadOnlyAccess' }]));
    expect(policies[2]?.unknownIds).toEqual([approvers]);
  });

  it('say what waits: what it widens, by whom, until when', async () => {
    const { proposals } = await start().list(rudi);
    expect(proposals).toEqual([
      {
        ...{ changeId, kind: 'EligibilityPolicy', id: 'engineers', widens: ['it adds groups: Engineers'], differences: ['maximumDurationMinutes 240 → 480'] },
        ...{ text: expect.stringContaining('maximumDurationMinutes: 480'), policy: policy({ maximumDurationMinutes: 480 }), proposedBy: bob.userName, decideBy: '2026-12-03T09:00:00.000Z', mayDecide: true },
      },
    ]);
  });

  it('offer a decision to administrators alone, never on their own proposal', async () => {
    const may = async (person: SignedIn, by: SignedIn) => (await start([proposal(by)]).list(person)).proposals.map(({ mayDecide }) => mayDecide);
    expect([await may(rudi, bob), await may(ada, bob), await may(rudi, rudi), await may(rudi, { ...rudi, userName: 'rudi.of.old@acme.example' })]).toEqual([[true], [false], [false], [false]]);
  });

  it('say who may emit, and what', async () => {
    const { emitters } = await start().list(ada);
    expect(emitters).toEqual([{ name: 'pipeline', source: 'acme.pipeline', accountId: '123456789012', detailTypes: ['AccessRequested.v1'], capabilities: ['asks for Engineers', 'ends anybody’s access'] }]);
  });
});

describe('a plan', () => {
  const text = 'kind: EligibilityPolicy\nname: engineers\nprincipals: { groups: [Engineers] }\ntargets: { accounts: [payments-prod] }\npermissionSets: [ReadOnlyAccess]\nmaximumDurationMinutes: 240\napproval: required\n';

  it('is of the change against the version that stands, with names for ids, who gains what, and what the service says of it', async () => {
    const judged: unknown[] = [];
    const judge = async (change: PolicyChange) => {
      judged.push(change);
      return { reasons: [], widens: [`it adds groups: ${engineers}`], waits: true };
    };
    const planned = await start([], { judge }).plan({ kind: 'EligibilityPolicy', text: text.replace('240', '480') });
    expect(planned).toEqual({
      problems: [],
      change: { kind: 'EligibilityPolicy', id: 'engineers', expectedVersion: 1, policy: policy({ maximumDurationMinutes: 480 }) },
      differences: ['maximumDurationMinutes 240 → 480'],
      effects: [{ sign: '~', text: 'group Engineers: ReadOnlyAccess: up to 240 min, with approval becomes up to 480 min, with approval, in payments-prod' }],
      reasons: [],
      widens: ['it adds groups: Engineers'],
      needsSecondAdministrator: true,
    });
    expect(judged).toEqual([planned.change]);
  });

  it.each<[string, PlanQuestion, object]>([
    ['what is laid down anew is made against the version that was removed', { kind: 'ApproverPolicy', policy: { policyId: 'old', targets: { accountIds: [account.accountId], organizationalUnitIds: [] }, stages: [{ approvers: { groupIds: [], userIds: [bob.userId] }, quorum: 1 }] } }, { change: { id: 'old', expectedVersion: 4 }, differences: ['ApproverPolicy old is new'] }],
    ['what covers everything gives nothing where nobody may have anything', { kind: 'EligibilityPolicy', policy: policy({ targets: { accountIds: [], organizationalUnitIds: ['r-acme'] }, maximumDurationMinutes: 480 }) }, { effects: [{ sign: '~', text: expect.stringMatching(/, in payments-prod$/) as string }] }],
    ['a removal', { kind: 'EligibilityPolicy', remove: 'engineers' }, { change: { kind: 'EligibilityPolicy', id: 'engineers', expectedVersion: 1 }, effects: [{ sign: '-' }] }],
    ['limits', { kind: 'Limits', policy: { ...limits, maximumDurationMinutes: 60 } }, { change: { id: 'limits' }, differences: ['maximumDurationMinutes 480 → 60'], effects: [] }],
    ['what is written in another order is no change', { kind: 'EligibilityPolicy', text }, { problems: [], differences: [], effects: [] }],
  ])('%s', async (_, question, expected) => {
    const planned = await start([]).plan(question);
    expect(planned).toMatchObject(expected);
    expect(planned.problems).toEqual([]);
  });

  it.each<[string, PlanQuestion, object]>([
    ['a name that nothing has, by its line', { kind: 'EligibilityPolicy', text: text.replace('[Engineers]', '[Nobody]') }, { line: 3, field: 'principals.groups[0]', message: 'there is no group Nobody' }],
    ['what is no YAML', { kind: 'EligibilityPolicy', text: 'kind: [' }, { line: expect.any(Number) as number, message: expect.stringContaining('not YAML') as string }],
    ['another kind', { kind: 'Bundle', text }, { field: 'kind' }],
    ['two at once', { kind: 'EligibilityPolicy', text: `${text}---\n${text.replace('name: engineers', 'name: others')}` }, { message: expect.stringContaining('several') as string }],
    ['nothing', { kind: 'EligibilityPolicy', text: '# nothing\n' }, { message: expect.stringContaining('no policy') as string }],
    ['who may emit', { kind: 'EligibilityPolicy', text: 'kind: Emitter\nname: more\nrole: arn:aws:iam::123456789012:role/more\nsource: acme.more\ndetailTypes: [AccessRequested.v1]\n' }, { field: 'kind' }],
    ['a policy of another shape', { kind: 'Limits', policy: { ...limits, maximumDurationMinutes: 'long' } }, { field: 'maximumDurationMinutes' }],
  ])('says what is wrong with %s, and nothing else', async (_, question, problem) => {
    const planned = await start([]).plan(question);
    expect(planned.problems).toContainEqual(expect.objectContaining(problem));
    expect([planned.change, planned.effects, planned.needsSecondAdministrator]).toEqual([undefined, [], false]);
  });
});

describe('a change', () => {
  const common = { changeId, submittedBy: rudi.userName };

  it.each<[string, PolicyChange, string, object]>([
    ['an eligibility policy', { kind: 'EligibilityPolicy', id: 'engineers', expectedVersion: 1, policy: policy() }, 'EligibilityPolicySubmitted.v1', { policyId: 'engineers', policy: policy() }],
    ['its removal', { kind: 'EligibilityPolicy', id: 'engineers', expectedVersion: 1 }, 'EligibilityPolicySubmitted.v1', { policyId: 'engineers' }],
    ['an approver policy', { kind: 'ApproverPolicy', id: 'prod', expectedVersion: 2 }, 'ApproverPolicySubmitted.v1', { policyId: 'prod' }],
    ['a bundle', { kind: 'Bundle', id: 'reading', expectedVersion: 0 }, 'BundleSubmitted.v1', { bundleId: 'reading' }],
    ['the limits', { kind: 'Limits', id: 'limits', expectedVersion: 1, policy: limits }, 'LimitsSubmitted.v1', { limits }],
  ])('of %s is submitted in the name of who is signed in', async (_, change, detailType, data) => {
    const { submit, intents, people } = start();
    expect(await submit(change)).toEqual({ changeId, href: `/v1/policies/changes/${changeId}` });
    expect(intents.sent).toEqual([{ detailType, data: { ...common, expectedVersion: change.expectedVersion, ...data } }]);
    expect(people.asked).toEqual(['live']);
  });

  it.each<[string, SignedIn, string]>([
    ['an auditor', ada, 'ERR_ADMINISTRATORS_ONLY'],
    ['who signed in too long ago', { ...rudi, authTime: now / 1000 - 901 }, 'ERR_SIGN_IN_TOO_OLD'],
  ])('is not for %s', async (_, person, code) => {
    const { submit, intents } = start();
    await expect(submit({ kind: 'Bundle', id: 'reading', expectedVersion: 0 }, person)).rejects.toMatchObject({ code });
    expect(intents.sent).toEqual([]);
  });

  const event = (detailType: string, data: object, more: object = {}) => ({ chain: 'any', recordedAt: '2026-11-30T09:00:00.000Z', source: 'team.request', account: '999988887777', eventId: detailType, detailType, detail: { data: { changeId, ...data } }, ...more });

  it('is answered by the last that the services said of it, however many pages on', async () => {
    const asked: object[] = [];
    const recorded: AuditTrail['recorded'] = async (from) => {
      asked.push(from);
      if ('since' in from) return { events: [event('PolicyChangeProposed.v1', { widens: ['more'] }), event('EligibilityPolicyChanged.v1', {}, { source: 'acme.pipeline' })], next: 'there' };
      return { events: [event('PolicyChangeRefused.v1', { reasons: [{ code: 'ERR_CHANGE_DISAGREED', message: `${engineers} does not agree` }] })] };
    };
    const shown = await start([], { audit: fakeAudit({ recorded }) }).show();
    expect(shown).toMatchObject({ outcome: 'refused', reasons: [{ code: 'ERR_CHANGE_DISAGREED', message: 'Engineers does not agree' }] });
    // The id says when it was drawn.
    expect(asked).toEqual([{ since: new Date(Number.parseInt('018f6b7a0000', 16) - 2_000).toISOString() }, { after: 'there' }]);
  });

  const refusedTo = ({ userName }: SignedIn) => event('PolicyDecisionRefused.v1', { decider: userName, reasons: [{ code: 'ERR_CHANGE_UNKNOWN', message: `not for ${userName}` }] });
  const proposed = event('PolicyChangeProposed.v1', { widens: ['more'] });
  const inForce = event('EligibilityPolicyChanged.v1', { policyId: 'engineers', version: 2 });

  it('waits on when a decision on it did not count, and is in force when one did, whatever else was decided then', async () => {
    const after = async (...events: ReturnType<typeof event>[]) => (await start([], { audit: fakeAudit({ recorded: async () => ({ events }) }) }).show()).outcome;
    expect(await after(proposed, refusedTo(rudi))).toBe('waits');
    expect(await after(proposed, inForce, refusedTo(rudi))).toBe('in-force');
  });

  it('is looked for since the moment of a decision on it, for who decided', async () => {
    const asked: object[] = [];
    const recorded: AuditTrail['recorded'] = async (from) => {
      asked.push(from);
      return { events: [refusedTo(bob), proposed, refusedTo(rudi)] };
    };
    const { decide, show } = start([proposal(bob)], { audit: fakeAudit({ recorded }) });
    const { href } = await decide(rudi);
    expect(href).toBe(`/v1/policies/changes/${changeId}?decided=2026-11-30T09%3A00%3A00.000Z`);
    const decided = new URL(href, 'https://team.example').searchParams.get('decided');
    expect(await show({ decided }, rudi)).toMatchObject({ outcome: 'refused', text: expect.stringContaining(rudi.userName) as string });
    expect(asked).toEqual([{ since: '2026-11-30T08:59:58.000Z' }]);
    // Nothing was said to her.
    await expect(show({ decided }, ada)).rejects.toMatchObject({ code: 'ERR_CHANGE_UNKNOWN' });
  });

  it('is not said to wait where it waits no more, though its answer lies too far on in the trail to be found', async () => {
    const endless = fakeAudit({ recorded: async () => ({ events: [proposed], next: 'there' }) });
    expect(await start([proposal(bob)], { audit: endless }).show()).toMatchObject({ outcome: 'waits' });
    await expect(start([], { audit: endless }).show()).rejects.toMatchObject({ code: 'ERR_CHANGE_UNKNOWN' });
  });

  it('of which nothing is known is not told of', async () => {
    await expect(start().show()).rejects.toMatchObject({ code: 'ERR_CHANGE_UNKNOWN' });
  });
});

describe('a decision on a proposal', () => {
  it('is signed over the change as proposed, and put on the bus', async () => {
    const { decide, signer, intents } = start();
    await decide(rudi);
    expect(signer.signed).toEqual([{ changeId, changeDigest: 'd'.repeat(64), decider: rudi.userId, verdict: 'agree', authTime: rudi.authTime }]);
    expect(intents.sent).toEqual([{ detailType: 'PolicyChangeDecided.v1', data: { changeId, kind: 'EligibilityPolicy', decider: rudi.userName, verdict: 'agree', comment: 'fine', signature: 'header.claims.signature' } }]);
  });

  it.each<[string, SignedIn, SignedIn, string]>([
    ['on one’s own', rudi, rudi, 'ERR_SELF_AGREEMENT'],
    ['on one’s own, under a name that one had before', { ...rudi, userName: 'rudi.of.old@acme.example' }, rudi, 'ERR_SELF_AGREEMENT'],
    ['of an auditor', bob, ada, 'ERR_ADMINISTRATORS_ONLY'],
    ['of somebody who signed in too long ago', bob, { ...rudi, authTime: 0 }, 'ERR_SIGN_IN_TOO_OLD'],
  ])('%s is neither signed nor sent', async (_, proposer, decider, code) => {
    const { decide, signer, intents } = start([proposal(proposer)]);
    await expect(decide(decider)).rejects.toMatchObject({ code });
    expect([signer.signed, intents.sent]).toEqual([[], []]);
  });

  it('on what does not wait is refused', async () => {
    await expect(start([]).decide(rudi)).rejects.toMatchObject({ code: 'ERR_CHANGE_UNKNOWN' });
  });
});

describe('what was done under a request', () => {
  const second = requestIdOf(77);
  const call = (eventId: string) => ({ eventId, at: '2026-11-30T09:00:00.000Z', service: 's3.amazonaws.com', action: 'GetObject', readOnly: true });
  const pages: Readonly<Record<string, Awaited<ReturnType<AuditTrail['activity']>>>> = {
    [`${grantId} `]: { calls: [call('1')], next: 'a.b' },
    [`${grantId} a.b`]: { calls: [call('2')] },
    [`${second} `]: { calls: [call('3')] },
  };
  const ports = (views = [active(1, { story: { grants: [grant('ended'), grant('ended', { grantId: second })] } })]) => ({
    people: fakePeople(),
    views: fakeViews(views),
    services: { audit: fakeAudit({ activity: async (id, { after = '' }) => pages[`${id} ${after}`] ?? { calls: [] } }) },
  });
  const read = (after?: string) => listActivity(requestIdOf(1), { limit: 1, ...(after === undefined ? {} : { after }) }, alice, ports());

  it('is read grant after grant, page by page', async () => {
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const { items, next } = await read(after);
      seen.push(...items.map((item) => `${item.grantId === grantId ? 'first' : 'second'} ${item.eventId}`));
      after = next;
      more = next !== undefined;
    }
    expect(seen).toEqual(['first 1', 'first 2', 'second 3']);
  });

  it('goes on at no grant of another request', async () => {
    await expect(read(`${requestIdOf(9)}.`)).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
  });

  it('is nothing where nothing was granted', async () => {
    expect(await listActivity(requestIdOf(1), { limit: 1 }, alice, ports([active(1, { story: { grants: [] } })]))).toEqual({ items: [] });
  });
});
