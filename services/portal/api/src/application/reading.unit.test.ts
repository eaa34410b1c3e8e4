import { ada, alice, approvers, bob, fakePeople, now, olga, rudi } from '../../test/people.ts';
import { account, active, fakeViews, grant, nobody, request, requestIdOf, theApprovers } from '../../test/requests.ts';
import { fakePlaces } from '../../test/services.ts';
import type { ListQuestion } from '../contract/index.ts';
import { listRequests } from './list-requests.ts';
import type { RequestView, SignedIn } from './ports.ts';
import { showMe } from './show-me.ts';
import { showOverview } from './show-overview.ts';
import { showRequest } from './show-request.ts';

const portsOf = (views: readonly RequestView[]) => ({ people: fakePeople(), views: fakeViews(views), places: fakePlaces(), mayAskForOthers: nobody, now: () => now });

/** Break glass of Rudi's that Bob reviewed, as one of those who were asked to. */
const reviewed = (number: number): RequestView =>
  request(number, {
    requester: rudi,
    row: { status: 'ended', breakGlass: true },
    story: { review: { status: 'reviewed', verdict: 'justified', by: bob.userName, at: '2026-11-30T00:00:00.000Z' } },
    view: { wasAsked: nobody, reviewerIds: [bob.userId.toUpperCase()], wasAskedToReview: theApprovers },
  });

describe('lists', () => {
  const views = [
    request(1),
    active(2),
    request(3, { requester: bob }),
    request(4, { requester: olga, row: { status: 'denied', targets: [{ accountId: '444444444444', accountName: 'sandbox', permissionSetName: 'Admin' }] }, view: { deciderIds: [bob.userId] } }),
    // Rejected: who that is was never looked up.
    request(5, { row: { status: 'rejected', requester: { userName: 'ALICE@acme.example' } }, view: { ownIds: [] } }),
    // Alice asked for Olga.
    active(6, { requester: olga, row: { askedBy: alice.userName }, view: { ownIds: [olga.userId, alice.userId] } }),
    // Another Alice, long gone, by whose name she goes now.
    request(7, { row: { status: 'denied', requester: { userId: rudi.userId, userName: alice.userName } }, view: { ownIds: [rudi.userId] } }),
    // One of two has agreed.
    request(8, { requester: rudi, view: { deciderIds: [bob.userId] } }),
    // Olga asked for somebody whom nobody knows.
    request(9, { row: { status: 'rejected', requester: { userName: 'nobody' }, askedBy: 'OLGA@acme.example' }, view: { ownIds: [] } }),
    reviewed(10),
  ];
  const listed = async (person: SignedIn, question: Partial<ListQuestion>): Promise<readonly number[]> => {
    const { items } = await listRequests({ list: 'mine', limit: 50, ...question }, person, portsOf(views));
    return items.map(({ requestId }) => Number(requestId.slice(-4)));
  };

  it.each<[string, SignedIn, Partial<ListQuestion>, readonly number[]]>([
    ['mine: what I asked for, or that is for me; what was rejected too', alice, {}, [1, 2, 5, 6]],
    ['mine, by status', alice, { status: 'active' }, [2, 6]],
    ['to approve: what waits for me or a group of mine, never my own, nor what I have decided', bob, { list: 'to-approve' }, [1]],
    ['to approve: nothing for who is not asked', olga, { list: 'to-approve' }, []],
    ['mine: what I asked for another, though nobody learned who that is', olga, {}, [4, 6, 9]],
    ['decided: what I decided or reviewed', bob, { list: 'decided' }, [4, 8, 10]],
    ['active: my own, and what I may end', bob, { list: 'active' }, [2, 6]],
    ['active: my own alone', olga, { list: 'active' }, [6]],
    ['active: everything, for an auditor', ada, { list: 'active' }, [2, 6]],
    ['active: by person, for an administrator', rudi, { list: 'active', person: 'Alice@ACME.example' }, [2]],
    ['all: everything', ada, { list: 'all' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['all: by status', ada, { list: 'all', status: 'denied' }, [4, 7]],
    ['all: by account', ada, { list: 'all', accountId: '444444444444' }, [4]],
    ['all: by person, account and status', rudi, { list: 'all', person: 'olga@acme.example', accountId: account.accountId, status: 'active' }, [6]],
    ['mine: of another person is nothing', olga, { person: alice.userName }, []],
  ])('%s', async (_, person, question, expected) => {
    expect(await listed(person, question)).toEqual(expected);
  });

  it('go on where they ended', async () => {
    const ports = portsOf(views);
    const first = await listRequests({ list: 'all', limit: 4 }, ada, ports);
    const second = await listRequests({ list: 'all', limit: 4, after: String(first.next) }, ada, ports);
    expect([first.items.length, second.items.length, second.next]).toEqual([4, 4, String(8)]);
  });
});

describe('one request', () => {
  const shown = (view: RequestView, person: SignedIn, others: readonly RequestView[] = []) => showRequest(requestIdOf(1), person, portsOf([view, ...others]));
  const nothing = { decide: false, cancel: false, end: false, extend: false, review: false };
  const reviewing = request(1, {
    row: { status: 'ended' },
    story: { review: { status: 'overdue', reviewBy: '2026-12-01T00:00:00.000Z', reviewers: { groupIds: [approvers], userIds: [alice.userId] } } },
  });

  it.each<[string, RequestView, SignedIn, Partial<typeof nothing>]>([
    ['its requester, while it waits', request(1), alice, { cancel: true }],
    ['an approver, while it waits', request(1), bob, { decide: true }],
    ['an approver who has decided', request(1, { view: { deciderIds: [bob.userId] } }), bob, {}],
    ['an approver whose own it is', request(1, { requester: bob }), bob, { cancel: true }],
    ['an auditor', request(1), ada, {}],
    ['an administrator, while it waits', request(1), rudi, { cancel: true }],
    ['its requester, while access stands', active(1), alice, { end: true, extend: true }],
    ['its requester, before it begins', active(1, { story: { grants: [grant('scheduled')] } }), alice, { end: true }],
    ['its requester, when it ends already', active(1, { story: { grants: [grant('ending'), grant('failed')] } }), alice, {}],
    ['an approver, while access stands', active(1), bob, { end: true }],
    ['a reviewer', reviewing, bob, { review: true }],
    ['a reviewer whose own it was', reviewing, alice, {}],
  ])('tells %s what they may do with it now', async (_, view, person, may) => {
    expect((await shown(view, person)).may).toEqual({ ...nothing, ...may });
  });

  it('is there still for who reviewed it, as long as they are among those who were asked', async () => {
    expect((await shown(reviewed(1), bob)).review).toMatchObject({ status: 'reviewed' });
    await expect(shown({ ...reviewed(1), wasAskedToReview: nobody }, bob)).rejects.toMatchObject({ code: 'ERR_REQUEST_UNKNOWN' });
    await expect(shown({ ...reviewed(1), reviewerIds: [ada.userId] }, bob)).rejects.toMatchObject({ code: 'ERR_REQUEST_UNKNOWN' });
  });

  it('is not there for whoever bears the name of its requester, but is another', async () => {
    const view = request(1, { requester: rudi, row: { requester: { userId: rudi.userId, userName: olga.userName } } });
    await expect(shown(view, olga)).rejects.toMatchObject({ code: 'ERR_REQUEST_UNKNOWN' });
  });

  it('names whom it waits for', async () => {
    expect((await shown(request(1), alice)).waitsFor).toEqual([{ policyId: 'prod', missing: 1, approvers: ['approvers'] }]);
  });

  it('tells who was asked stage by stage, by name', async () => {
    const step = { policyId: 'prod', stage: 1, quorum: 1, since: '2026-11-30T08:00:00.000Z', escalated: false, status: 'waits' as const, decisions: [] };
    const chain = { targets: ['ReadOnlyAccess in payments-prod'], stages: 2 };
    expect((await shown(request(1, { story: { approval: [{ ...chain, steps: [{ ...step, approvers: theApprovers }] }] } }), alice)).approval).toEqual([{ ...chain, steps: [{ ...step, approvers: ['approvers'] }] }]);
  });

  it('tells what happened event by event, of a refusal whom it answers', async () => {
    const refused = { time: '2026-11-30T08:00:00.000Z', source: 'team.expiry', detailType: 'AccessRevocationRefused.v1', eventId: requestIdOf(90), text: 'not theirs', answerTo: bob.userName };
    const { time: at, ...told } = refused;
    expect((await shown(request(1, { story: { history: [refused] } }), alice)).history).toEqual([{ ...told, at }]);
  });

  it('says how often its requester had that before, of what they were given', async () => {
    const others = [
      active(2),
      request(3, { row: { status: 'ended' } }),
      request(4, { row: { status: 'denied' } }),
      request(5, { row: { status: 'ended', targets: [{ ...account, permissionSetName: 'Admin' }] } }),
      active(6, { requester: olga, view: { ownIds: [olga.userId, alice.userId] } }),
    ];
    const { requesterBefore } = await shown(request(1), bob, others);
    expect(requesterBefore).toEqual([{ accountName: account.accountName, permissionSetName: 'ReadOnlyAccess', times: 2 }]);
  });

  it('says that, and what they did, to nobody who merely asked for them', async () => {
    const activity = { reads: 1, writes: 0, errors: 0, afterRemoval: 0, services: ['s3'], state: 'complete' as const, collectedAt: '2026-11-30T08:00:00.000Z' };
    const collected = { time: '2026-11-30T08:00:00.000Z', source: 'team.audit', detailType: 'SessionActivityCollected.v1', eventId: requestIdOf(90), text: '1 read, 0 writes' };
    const theirs = active(1, { requester: olga, story: { grants: [grant('active', { activity })], history: [{ ...collected, detailType: 'AccessGranted.v1', text: 'granted' }, collected] }, view: { ownIds: [olga.userId, alice.userId], revocableBy: { ...theApprovers, userIds: [alice.userId] } } });
    const had = [active(2, { requester: olga })];
    const told = await shown(theirs, alice, had);
    expect([told.requesterBefore, told.grants[0]?.activity]).toEqual([[], undefined]);
    expect(told.history.map(({ text }) => text)).toEqual(['granted']);
    const whole = { requesterBefore: [{ times: 1 }], grants: [{ activity: { reads: 1 } }], history: [{ text: 'granted' }, { text: collected.text }] };
    for (const person of [olga, bob, ada]) expect(await shown(theirs, person, had)).toMatchObject(whole);
  });

  it('says until when access stands that was prolonged, and who ended it', async () => {
    const prolonged = grant('revoked', {
      endsAt: '2026-11-30T10:00:00.000Z',
      extended: { by: requestIdOf(2), until: '2026-11-30T11:00:00.000Z' },
      by: { kind: 'person', userId: bob.userId, userName: bob.userName },
    });
    expect((await shown(active(1, { story: { grants: [prolonged] } }), alice)).grants).toMatchObject([
      { endsAt: '2026-11-30T11:00:00.000Z', by: { kind: 'person', name: bob.userName } },
    ]);
  });
});

it('tells people who they are, and since when', async () => {
  expect(await showMe(bob, { ...portsOf([]), mayAskForOthers: theApprovers })).toEqual({
    ...{ userId: bob.userId, userName: bob.userName, displayName: 'bob', personas: { approver: true, auditor: false, administrator: false }, mayAskForOthers: true },
    ...{ signedInAt: '2026-11-30T08:59:00.000Z', sessionEndsAt: '2026-11-30T10:00:00.000Z', now: '2026-11-30T09:00:00.000Z' },
  });
});

describe('the overview', () => {
  const approvedAfter = (number: number, seconds: number): RequestView =>
    active(number, { row: { approvedAt: new Date(now - number * 60_000 + seconds * 1_000).toISOString() } });
  const views = [
    request(1),
    ...[10, 20, 30, 400].map((seconds, place) => approvedAfter(place + 2, seconds)),
    request(6, { requester: olga, row: { status: 'denied', askedAt: '2026-11-02T00:00:00.000Z' } }),
    request(7, { requester: olga, row: { status: 'ended', askedAt: '2026-10-31T23:59:59.000Z' } }),
  ];

  it('counts thirty days of what an auditor may see: everything', async () => {
    const { requests, ...rest } = await showOverview(ada, portsOf(views));
    expect(rest).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      byStatus: [{ name: 'active', count: 4 }, { name: 'denied', count: 1 }, { name: 'pending', count: 1 }],
      byAccount: [{ name: account.accountName, count: 6 }],
      byPermissionSet: [{ name: 'ReadOnlyAccess', count: 6 }],
      approvalSeconds: { median: 20, p90: 400 },
      activeNow: 4,
      counted: 6,
      now: '2026-11-30T09:00:00.000Z',
    });
    expect([requests.length, requests[1], requests.at(-1)]).toEqual([30, { day: '2026-11-02', count: 1 }, { day: '2026-11-30', count: 5 }]);
  });

  it('counts what others may see: their own, what waits for them, what they decided or may end', async () => {
    expect(await showOverview(olga, portsOf(views))).toMatchObject({ counted: 1, activeNow: 0, byStatus: [{ name: 'denied', count: 1 }] });
    expect(await showOverview(bob, portsOf(views))).toMatchObject({ counted: 5, activeNow: 4 });
  });

  it('counts of what others may see also what they are to review, have reviewed, and what was rejected', async () => {
    const waiting: RequestView = { ...reviewed(2), reviewerIds: [], story: { ...reviewed(2).story, review: { status: 'waiting', reviewBy: '2026-12-01T00:00:00.000Z', reviewers: theApprovers } } };
    const rejected = request(3, { requester: bob, row: { status: 'rejected', requester: { userName: bob.userName } }, view: { ownIds: [] } });
    expect(await showOverview(bob, portsOf([reviewed(1), waiting, rejected]))).toMatchObject({ counted: 3 });
  });

  it('says nothing of approvals where nobody approved anything', async () => {
    expect(await showOverview(olga, portsOf(views))).not.toHaveProperty('approvalSeconds');
  });
});
