import { accessRequestedV1, accessRevocationRequestedV1 } from '@team/contracts';
import { seededRandom } from '../../infra/local/src/cloud/index.ts';
import { ask } from '../../infra/local/src/play/world.ts';
import { chance } from './chance.ts';
import { byHand, forge, holdBack, identityCenter } from './meddling.ts';
import type { Act } from './plan.ts';
import type { Scene } from './scene.ts';
import { drawPolicies, groupNames, permissionSetNames, reachableAccounts } from './setting.ts';
import { last, membersOf, mostly, people, pick, type Perform } from './step.ts';

const verdicts = ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'];

/** Letter cases in which a user name is written. */
const spellings: readonly ((name: string) => string)[] = [(name) => name, (name) => name.toUpperCase(), (name) => name.toLowerCase(), (name) => name];

/** An id that depends on the step alone, so that leaving another step out changes nothing about it. */
function idOf(scene: Scene, nth: number): string {
  const random = seededRandom(Math.floor(chance(scene.plan.world, 'request', nth) * 2 ** 32));
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
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
  const there = scene.asked.filter(({ requestId }) => last(scene, requestId, 'AccessGranted.v1') !== undefined);
  const running = there.filter(({ requestId }) => last(scene, requestId, 'AccessEnded.v1') === undefined);
  const first = pick(mostly(request, running, scene.asked), request);
  if (first === undefined) return undefined;
  const requestId = idOf(scene, nth);
  const { startAt: _startAt, ...words } = first.data;
  const data = { ...words, requestId, durationMinutes: minutes, extends: first.requestId };
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
