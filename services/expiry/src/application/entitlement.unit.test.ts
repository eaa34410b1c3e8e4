import { alice, approve, portal } from '../../test/scenario.ts';
import type { Approval, Person, Revocation } from '../domain/state.ts';
import { judgeRevocation } from './entitlement.ts';
import type { People } from './ports.ts';

const bob = { userId: '93672a4c-0002-7002-8002-000000000002', userName: 'bob@acme.example' };
const carol = { userId: '93672a4c-0003-7003-8003-000000000003', userName: 'carol@acme.example' };
const mallory = { userId: '93672a4c-0004-7004-8004-000000000004', userName: 'mallory@acme.example' };
const approvers = '93672a4c-1000-7000-8000-000000000001';
const approval: Approval = { ...approve().approval, askedBy: carol, revocableBy: { groupIds: [approvers], userIds: [] } };

/** Bob approves; Alice, Carol and Mallory are in no group. */
const everybody: People = {
  find: async (ref) =>
    [alice, bob, carol, mallory].find(({ userId, userName }) => userId === ref || userName.toLowerCase() === ref.toLowerCase()) ??
    'unknown',
  isMemberOfAny: async (userId, groupIds) => userId === bob.userId && groupIds.includes(approvers),
};
const nobody: People = { find: async () => 'unknown', isMemberOfAny: async () => false };
/** An outage, and nothing else, is an outage. */
const outage = new Error('directory down');
const down: People = { find: () => Promise.reject(outage), isMemberOfAny: () => Promise.reject(outage) };
const judged = (people: People, revocation: Revocation, by: Approval) =>
  judgeRevocation({ people, isOutage: (error) => error === outage, note: () => undefined }, revocation, by);
const person = (by: Person) => ({ entitled: true, by: { kind: 'person', ...by } });
const revocation = (by: string | undefined, emitter = portal): Revocation => ({ revocationId: 'r1', emitter, by });

describe('who may end access', () => {
  it.each([
    { who: 'the requester, named in another case', by: 'ALICE@ACME.EXAMPLE', as: alice },
    { who: 'the requester, by id', by: alice.userId, as: alice },
    { who: 'whoever asked for it', by: carol.userName, as: carol },
    { who: 'a member of a group that may end it', by: bob.userName, as: bob },
  ])('$who', async ({ by, as }) => {
    expect(await judged(everybody, revocation(by), approval)).toEqual(person(as));
  });

  it.each([
    { who: 'the requester, by name', by: 'alice@acme.example', as: alice },
    { who: 'the requester, by id', by: alice.userId, as: alice },
    { who: 'a person the approval names, by id', by: mallory.userId, as: { userId: mallory.userId, userName: mallory.userId } },
  ])('$who, though deleted from the directory', async ({ by, as }) => {
    const naming = { ...approval, revocableBy: { groupIds: [approvers], userIds: [mallory.userId] } };
    expect(await judged(nobody, revocation(by), naming)).toEqual(person(as));
  });

  it('a requester who was renamed since, by the new name', async () => {
    const renamed: People = { ...everybody, find: async () => ({ ...alice, userName: 'alice.jones@acme.example' }) };
    expect(await judged(renamed, revocation('alice.jones@acme.example'), approval)).toEqual(
      person({ ...alice, userName: 'alice.jones@acme.example' }),
    );
  });

  it.each([
    { who: 'a name that the approval has, in the name of the channel', by: 'alice@ACME.example', as: { kind: 'emitter', name: 'portal' } },
    { who: 'the requester, by id', by: alice.userId, as: { kind: 'person', ...alice } },
    { who: 'a person the approval names, by id', by: bob.userId, as: { kind: 'person', userId: bob.userId, userName: bob.userId } },
  ])('$who, while the directory is down', async ({ by, as }) => {
    const naming = { ...approval, revocableBy: { groupIds: [approvers], userIds: [bob.userId] } };
    expect(await judged(down, revocation(by), naming)).toEqual({ entitled: true, by: as });
  });

  it('a member of a group, recorded as who they are, though they were given the name that the approval has for the requester', async () => {
    const heir = { ...bob, userName: alice.userName };
    expect(await judged({ ...everybody, find: async () => heir }, revocation(alice.userName), approval)).toEqual(person(heir));
  });

  it('a system registered to end access, on its own account, whomever it names', async () => {
    const serviceDesk = { name: 'service-desk', mayRevoke: true, speaksForPeople: false };
    const itself = { entitled: true, by: { kind: 'emitter', name: 'service-desk' } };
    expect(await judged(nobody, revocation(undefined, serviceDesk), approval)).toEqual(itself);
    expect(await judged(nobody, revocation(mallory.userName, serviceDesk), approval)).toEqual(itself);
  });

  const desk = { name: 'desk', mayRevoke: true, speaksForPeople: true };
  it.each([
    { what: 'names somebody in none of the groups', by: mallory.userName, people: everybody, as: { kind: 'person', ...mallory } },
    { what: 'names the requester', by: alice.userName, people: everybody, as: { kind: 'person', ...alice } },
    { what: 'names somebody whom nobody knows', by: 'nobody@acme.example', people: nobody, as: { kind: 'emitter', name: 'desk' } },
    { what: 'names a name that several carry', by: 'bob', people: { ...nobody, find: async () => 'ambiguous' as const }, as: { kind: 'emitter', name: 'desk' } },
    { what: 'names somebody while the directory is down', by: mallory.userName, people: down, as: { kind: 'emitter', name: 'desk' } },
    { what: 'names nobody', by: undefined, people: down, as: { kind: 'emitter', name: 'desk' } },
  ])('a system registered to end access that also signs people in, though it $what', async ({ by, people, as }) => {
    expect(await judged(people, revocation(by, desk), approval)).toEqual({ entitled: true, by: as });
  });
});

describe('who may not', () => {
  it.each([
    { who: 'somebody in none of its groups', by: mallory.userName, code: 'ERR_REVOCATION_NOT_ENTITLED' },
    { who: 'somebody whom nobody knows', by: 'nobody@acme.example', code: 'ERR_USER_UNKNOWN' },
    { who: 'a channel that names nobody', by: undefined, code: 'ERR_EMITTER_MAY_NOT_REVOKE' },
  ])('$who', async ({ by, code }) => {
    expect(await judged(everybody, revocation(by), approval)).toMatchObject({ entitled: false, reason: { code } });
  });

  it('a system that names the requester without being a channel for people', async () => {
    const pipeline = { name: 'pipeline', mayRevoke: false, speaksForPeople: false };
    expect(await judged(everybody, revocation(alice.userName, pipeline), approval)).toMatchObject({
      entitled: false,
      reason: { code: 'ERR_EMITTER_MAY_NOT_REVOKE' },
    });
  });

  it('a name that several people carry', async () => {
    const twins: People = { ...everybody, find: async () => 'ambiguous' };
    expect(await judged(twins, revocation('bob'), approval)).toMatchObject({
      entitled: false,
      reason: { code: 'ERR_USER_AMBIGUOUS' },
    });
  });

  it('somebody who was given the name that the approval has for the requester', async () => {
    const heir: People = { ...everybody, find: async () => ({ ...mallory, userName: alice.userName }) };
    expect(await judged(heir, revocation(alice.userName), approval)).toMatchObject({
      entitled: false,
      reason: { code: 'ERR_REVOCATION_NOT_ENTITLED' },
    });
  });

  it('a directory that is down refuses nobody: its error passes through', async () => {
    const half: People = { ...everybody, isMemberOfAny: () => Promise.reject(outage) };
    await expect(judged(half, revocation(mallory.userName), approval)).rejects.toThrow('directory down');
  });
});
