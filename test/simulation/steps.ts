import { accessRequestedV1, accessRevocationRequestedV1 } from '@team/contracts';
import { seededRandom } from '../../infra/local/src/cloud/index.ts';
import { ask } from '../../infra/local/src/play/world.ts';
import type { SeenEvent } from '../../infra/local/src/play/world.ts';
import { chance } from './chance.ts';
import { isCalm, type Act } from './plan.ts';
import type { Scene } from './scene.ts';
import { drawPolicies, groupNames, permissionSetNames, reachableAccounts } from './setting.ts';

type ActOf<Do extends Act['do']> = Extract<Act, { do: Do }>;
/** Does one thing of the plan; gives what was done, or undefined where there was nothing to do it to. */
type Perform<Do extends Act['do']> = (scene: Scene, act: ActOf<Do>, nth: number) => string | undefined | Promise<string | undefined>;

/** The one of a list that a number names. */
const pick = <T>(list: readonly T[], n: number): T | undefined => (list.length === 0 ? undefined : list[n % list.length]);

/** Mostly those that something comes of, even if there are none; once in so many times any. */
const mostly = <T>(n: number, fitting: readonly T[], all: readonly T[], anyOneIn = 8): readonly T[] => (n % anyOneIn === 0 ? all : fitting);
const verdicts = ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'];

/** People as the directory knows them now. */
const people = ({ directory }: Scene) => [...directory.users.values()];
const membersOf = ({ directory }: Scene, groupId: string): string[] =>
  [...directory.memberships.values()].flatMap((one) => (one.GroupId === groupId ? [one.MemberId.UserId] : []));

/** Letter cases in which a user name is written. */
const spellings: readonly ((name: string) => string)[] = [(name) => name, (name) => name.toUpperCase(), (name) => name.toLowerCase(), (name) => name];

/** An id that depends on the step alone, so that leaving another step out changes nothing about it. */
function idOf(scene: Scene, nth: number): string {
  const random = seededRandom(Math.floor(chance(scene.plan.world, 'request', nth) * 2 ** 32));
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

const last = (scene: Scene, requestId: string, detailType: string): SeenEvent | undefined =>
  scene.events.findLast((event) => event.detailType === detailType && event.detail.metadata['requestId'] === requestId && !scene.forged.has(String(event.detail.metadata['eventId'])));

/** The grants of a request that was approved. */
function grantsOf(scene: Scene, requestId: string): { grantId: string; principalId: string; accountId: string; permissionSetArn: string }[] {
  const data = last(scene, requestId, 'AccessRequestAccepted.v1')?.detail.data as { requester: { userId: string }; grants: { grantId: string; accountId: string; permissionSetArn: string }[] } | undefined;
  return data === undefined ? [] : data.grants.map(({ grantId, accountId, permissionSetArn }) => ({ grantId, principalId: data.requester.userId, accountId, permissionSetArn }));
}

const askFor: Perform<'ask'> = async (scene, act, nth) => {
  const user = pick(people(scene), act.by);
  if (user === undefined) return undefined;
  const { world } = scene;
  const emitter = act.emitter === 1 ? 'itsm' : act.emitter === 2 ? 'local-channel' : 'pipeline';
  const accounts = [...new Set(act.accounts.map((n) => pick(reachableAccounts(world.organization), n) ?? ''))];
  const permissionSetName = pick(permissionSetNames, act.set) ?? '';
  const spelled = (spellings[act.spelling] ?? ((name: string) => name))(user.UserName);
  const startAt = act.startIn === 0 ? {} : { startAt: new Date(world.now() + act.startIn * 60_000).toISOString() };
  const requestId = idOf(scene, nth);
  const targets = accounts.map((accountId) => ({ accountId, permissionSetName }));
  const data = { ...ask(requestId, spelled, '', permissionSetName), targets, durationMinutes: act.minutes, ...startAt };
  scene.asked.push({ requestId, emitter, requesterId: user.UserId, userName: user.UserName, data });
  await world.emit(emitter, accessRequestedV1, data);
  return `${emitter} asks as ${requestId.slice(0, 8)} for ${spelled}: ${permissionSetName} in ${accounts.join(', ')} for ${act.minutes} min${act.startIn === 0 ? '' : ` in ${act.startIn} min`}`;
};

const askAgain: Perform<'ask-again'> = async ({ world, asked }, { request, changed }) => {
  const first = pick(asked, request);
  if (first === undefined) return undefined;
  await world.emit(first.emitter, accessRequestedV1, { ...first.data, ...(changed ? { durationMinutes: 39 } : {}) });
  return `${first.requestId.slice(0, 8)} is asked again, ${changed ? 'changed' : 'the same'}`;
};

const extend: Perform<'extend'> = async (scene, { request, minutes }, nth) => {
  const first = pick(scene.asked, request);
  if (first === undefined) return undefined;
  const requestId = idOf(scene, nth);
  const data = { ...first.data, requestId, durationMinutes: minutes, extends: first.requestId };
  scene.asked.push({ ...first, requestId, data });
  await scene.world.emit(first.emitter, accessRequestedV1, data);
  return `${first.requestId.slice(0, 8)} is to be extended as ${requestId.slice(0, 8)}`;
};

/** Mostly somebody who is asked decides, sometimes anybody, sometimes the requester, under their id in other letters. */
const decide: Perform<'decide'> = async (scene, { request, who, deny }) => {
  const asked = scene.asked.filter(({ requestId }) => last(scene, requestId, 'ApprovalRequested.v1') !== undefined);
  const undecided = asked.filter(({ requestId }) => !verdicts.some((verdict) => last(scene, requestId, verdict) !== undefined));
  const first = pick(mostly(request, undecided, asked), request);
  if (first === undefined) return undefined;
  const { openStages } = last(scene, first.requestId, 'ApprovalRequested.v1')?.detail.data as { openStages: { approvers: { groupIds: string[] } }[] };
  const approvers = openStages.flatMap(({ approvers }) => approvers.groupIds).flatMap((group) => membersOf(scene, group));
  const selfish = who % 8 === 7;
  const userId = selfish ? first.requesterId : who % 8 === 6 ? pick(people(scene), who)?.UserId : pick([...new Set(approvers)].sort(), who);
  const user = people(scene).find(({ UserId }) => UserId === userId);
  if (user === undefined) return undefined;
  const verdict = deny ? 'deny' : 'approve';
  await scene.world.decide(first.requestId, verdict, selfish ? user.UserName.toUpperCase() : user.UserName, undefined, selfish && who % 16 === 15 ? user.UserId.toUpperCase() : user.UserId);
  return `${user.UserName}${selfish ? ' (who asked)' : ''}: ${verdict} ${first.requestId.slice(0, 8)}`;
};

const end: Perform<'end'> = async (scene, { request, who }) => {
  const approved = scene.asked.filter(({ requestId }) => last(scene, requestId, 'AccessApproved.v1') !== undefined);
  // Before the approval, too.
  const first = pick(mostly(request, approved, scene.asked, 3), request);
  if (first === undefined) return undefined;
  const { requestId } = first;
  if (who % 4 === 3) {
    await scene.world.emit('security', accessRevocationRequestedV1, { requestId });
    return `security ends ${requestId.slice(0, 8)}`;
  }
  // Who was renamed signs in by the new name, and who was deleted is known by the old one alone.
  const own = people(scene).find(({ UserId }) => UserId === first.requesterId)?.UserName ?? first.userName;
  const by = who % 4 === 2 ? (pick(people(scene), who)?.UserName ?? own) : own;
  await scene.world.revoke(requestId, by);
  return `${by} ends ${requestId.slice(0, 8)}`;
};

const person: Perform<'person'> = (scene, { who, what }) => {
  const askers = new Set(scene.asked.map(({ requesterId }) => requesterId));
  const user = pick(mostly(who, people(scene).filter(({ UserId }) => askers.has(UserId)), people(scene), 3), who);
  if (user === undefined || (what === 'delete' && people(scene).length < 6)) return undefined;
  const { people: directory } = scene.world.system;
  if (what === 'disable') directory.disableUser(user.UserId);
  else if (what === 'enable') directory.enableUser(user.UserId);
  else if (what === 'delete') directory.deleteUser(user.UserId);
  else {
    directory.renameUser(user.UserId, `${user.UserName}.renamed`.slice(0, 128));
    scene.renamed.add(user.UserId);
  }
  return `${what} ${user.UserName}`;
};

const group: Perform<'group'> = (scene, { group: n, who, what }) => {
  const { people: directory } = scene.world.system;
  const name = pick(Object.values(groupNames), n) ?? '';
  const found = [...scene.directory.groups.values()].find(({ DisplayName }) => DisplayName === name);
  const user = pick(people(scene), who);
  if (found === undefined || user === undefined) return undefined;
  if (what === 'join') directory.addMember(found.GroupId, user.UserId);
  else if (what === 'leave') directory.removeMember(found.GroupId, user.UserId);
  else {
    const members = membersOf(scene, found.GroupId);
    directory.deleteGroup(found.GroupId);
    const remade = directory.createGroup(name);
    for (const member of members) directory.addMember(remade, member);
  }
  return `${what === 'remake' ? `${name} is deleted and made again` : `${user.UserName}: ${what} ${name}`}`;
};

const account: Perform<'account'> = ({ world }, { account: n, unit, what }) => {
  const accountId = pick(reachableAccounts(world.organization), n);
  const parent = pick(world.organization.OrganizationalUnits, unit);
  if (accountId === undefined || parent === undefined) return undefined;
  if (what === 'suspend') world.system.organizations.suspendAccount(accountId);
  else world.system.organizations.moveAccount(accountId, parent.Id);
  return what === 'suspend' ? `account ${accountId} is suspended` : `account ${accountId} moves to ${parent.Name}`;
};

const byHand: Perform<'by-hand'> = (scene, { request, who, what }) => {
  const grants = scene.asked.flatMap(({ requestId }) => grantsOf(scene, requestId));
  const held = new Set([...scene.directory.assignments.values()].map((one) => `${one.PrincipalId} ${one.AccountId} ${one.PermissionSetArn}`));
  const fitting = grants.filter((one) => held.has(`${one.principalId} ${one.accountId} ${one.permissionSetArn}`) === (what === 'remove'));
  const grant = pick(mostly(request, fitting, grants), request);
  if (grant === undefined) return undefined;
  const PrincipalId = who % 4 === 0 ? pick(people(scene), who)?.UserId : grant.principalId;
  if (PrincipalId === undefined) return undefined;
  const assignment = { AccountId: grant.accountId, PermissionSetArn: grant.permissionSetArn, PrincipalType: 'USER' as const, PrincipalId };
  scene.byHand.push({ at: scene.world.now(), what, assignment });
  if (what === 'assign') scene.world.system.ssoAdmin.assignByHand(assignment);
  else scene.world.system.ssoAdmin.removeByHand(assignment);
  return `by hand: ${what} ${PrincipalId.slice(0, 8)} in ${grant.accountId}`;
};

/** An intruder with the rights of a service on the bus: replays and alters what services said. Keys cannot be stolen. */
const forge: Perform<'forge'> = (scene, { request, other, what }) => {
  const detailType = { replay: 'AccessWindowOpened.v1', 'other-grant': 'AccessWindowOpened.v1', approval: 'AccessApproved.v1', end: 'AccessExpired.v1' }[what];
  const genuine = scene.events.filter((event) => event.detailType === detailType);
  const event = pick(genuine, request);
  if (event === undefined) return undefined;
  const eventId = scene.world.newId();
  const elsewhere = pick(scene.events.filter((one) => one.detailType === detailType && one !== event), other);
  const data: Record<string, unknown> = { ...event.detail.data };
  if (what === 'other-grant') {
    if (elsewhere === undefined) return undefined;
    data['grant'] = { ...(data['grant'] as object), accountId: (elsewhere.detail.data['grant'] as { accountId: string }).accountId };
  }
  // Every other forged approval has the genuine proofs, and was accepted when it starts: nobody is asked again, and nobody may revoke it.
  const genuineProofs = what === 'approval' && other % 2 === 1;
  if (genuineProofs) {
    data['acceptedAt'] = (data['window'] as { notBefore: string }).notBefore;
    data['revocableBy'] = { groupIds: [], userIds: [] };
  } else if (what === 'approval') {
    const grants = data['grants'] as { accountId: string }[];
    data['grants'] = grants.map((one) => ({ ...one, accountId: pick(reachableAccounts(scene.world.organization), other) }));
  }
  scene.forged.add(eventId);
  scene.world.inject(event.source, detailType, { metadata: { ...event.detail.metadata, eventId }, data });
  return `forged: ${what}${genuineProofs ? ' with genuine proofs' : ''} of ${detailType} of ${String(data['requestId']).slice(0, 8)}`;
};

/** Not in a calm run, in which lateness is judged from the start. */
const holdBack: Perform<'hold-back'> = ({ heldBack, plan }, { detailType, minutes }) => {
  if (isCalm(plan.faults)) return undefined;
  heldBack.set(detailType, { ms: minutes * 60_000 });
  return `the next ${detailType} will be ${minutes} min late`;
};

const identityCenter: Perform<'identity-center'> = ({ world, trouble, faults }, { what, minutes }) => {
  const { ssoAdmin } = world.system;
  const kind = `identity-center-${what}`;
  faults.set(kind, (faults.get(kind) ?? 0) + 1);
  if (what === 'down') {
    trouble.outageUntil = world.now() + minutes * 60_000;
    ssoAdmin.outage(trouble.outageUntil);
  } else ssoAdmin.failNext(what === 'fail-creation' ? 'creation' : 'deletion', 'Identity Center failed it');
  return what === 'down' ? `Identity Center is down for ${minutes} min` : `Identity Center will ${what.replace('-', ' the next ')}`;
};

/** Does one thing of the plan, `nth` in it. */
export async function perform(scene: Scene, act: Act, nth: number): Promise<string | undefined> {
  switch (act.do) {
    case 'ask':
      return askFor(scene, act, nth);
    case 'ask-again':
      return askAgain(scene, act, nth);
    case 'extend':
      return extend(scene, act, nth);
    case 'decide':
      return decide(scene, act, nth);
    case 'end':
      return end(scene, act, nth);
    case 'person':
      return person(scene, act, nth);
    case 'group':
      return group(scene, act, nth);
    case 'account':
      return account(scene, act, nth);
    case 'policies': {
      const policies = drawPolicies(scene.world.organization, act.variant);
      await scene.world.system.seed(policies);
      scene.policies.push({ since: scene.world.now(), policies });
      return `policies become those of variant ${act.variant}`;
    }
    case 'deploy':
      scene.world.system.redeploy(act.service);
      return `${act.service} is deployed again`;
    case 'by-hand':
      return byHand(scene, act, nth);
    case 'forge':
      return forge(scene, act, nth);
    case 'hold-back':
      return holdBack(scene, act, nth);
    case 'identity-center':
      return identityCenter(scene, act, nth);
  }
}
