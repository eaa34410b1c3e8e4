import { isCalm } from './plan.ts';
import type { Scene } from './scene.ts';
import { reachableAccounts } from './setting.ts';
import { last, mostly, people, pick, type Perform } from './step.ts';

/** The grants of a request that was approved. */
function grantsOf(scene: Scene, requestId: string): { grantId: string; principalId: string; accountId: string; permissionSetArn: string }[] {
  const data = last(scene, requestId, 'AccessRequestAccepted.v1')?.detail.data as { requester: { userId: string }; grants: { grantId: string; accountId: string; permissionSetArn: string }[] } | undefined;
  return data === undefined ? [] : data.grants.map(({ grantId, accountId, permissionSetArn }) => ({ grantId, principalId: data.requester.userId, accountId, permissionSetArn }));
}

export const byHand: Perform<'by-hand'> = (scene, { request, who, what }) => {
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
export const forge: Perform<'forge'> = (scene, { request, other, what }) => {
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
export const holdBack: Perform<'hold-back'> = ({ heldBack, plan }, { detailType, minutes }) => {
  if (isCalm(plan.faults)) return undefined;
  heldBack.set(detailType, { ms: minutes * 60_000 });
  return `the next ${detailType} will be ${minutes} min late`;
};

export const identityCenter: Perform<'identity-center'> = ({ world, trouble, faults }, { what, minutes }) => {
  const { ssoAdmin } = world.system;
  const kind = `identity-center-${what}`;
  faults.set(kind, (faults.get(kind) ?? 0) + 1);
  if (what === 'down') {
    trouble.outageUntil = world.now() + minutes * 60_000;
    ssoAdmin.outage(trouble.outageUntil);
  } else ssoAdmin.failNext(what === 'fail-creation' ? 'creation' : 'deletion', 'Identity Center failed it');
  return what === 'down' ? `Identity Center is down for ${minutes} min` : `Identity Center will ${what.replace('-', ' the next ')}`;
};
