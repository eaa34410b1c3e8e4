import { findEmitter, portalAccess, portalEmitters, type EmitterRegistration } from './index.ts';

const account = '111111111111';
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const api: EmitterRegistration = { name: 'portal', roleArn: role('api'), source: 'team.portal', detailTypes: ['AccessRequested.v1'], mayAskFor: 'everyone', mayAskForOthers: { groupIds: [], userIds: [] }, mayBreakGlass: true };
const decide: EmitterRegistration = { name: 'portal-decisions', roleArn: role('decide'), source: 'team.portal.decisions', detailTypes: ['ApprovalDecisionSubmitted.v1', 'AccessRevocationRequested.v1'], mayDecide: { keyId: 'alias/key' } };
const subjects = { groupIds: ['00000000-0000-4000-8000-000000000001'], userIds: [] };

it('lets nobody ask for others, and no program in, unless that is said', () => {
  expect(portalEmitters([api, decide])).toEqual([api, decide]);
  expect(portalEmitters([api, decide], { machineClients: [{ name: 'idle', clientId: 'c' }] })).toEqual([api, decide]);
});

it('says who may ask for others of the door that asks alone', () => {
  expect(portalEmitters([api, decide], { mayAskForOthers: subjects })).toEqual([{ ...api, mayAskForOthers: subjects }, decide]);
});

it('makes each program an emitter of its own, which may what it is registered for, and never decides, administers or breaks glass', () => {
  const all = portalEmitters([api, decide], { machineClients: [{ name: 'nightly', clientId: 'c', subjects, capabilities: ['ask', 'read', 'end'] }] });
  const sender = { source: 'team.portal.machine.nightly', account };
  expect(findEmitter(all, sender, 'AccessRequested.v1')).toEqual({ name: 'nightly', roleArn: role('api'), source: sender.source, detailTypes: ['AccessRequested.v1'], mayAskFor: subjects });
  expect(findEmitter(all, sender, 'AccessRevocationRequested.v1')).toEqual({ name: 'nightly', roleArn: role('decide'), source: sender.source, detailTypes: ['AccessRevocationRequested.v1'], mayRevoke: true });
  expect(findEmitter(all, sender, 'ApprovalDecisionSubmitted.v1')).toBeUndefined();
  expect(findEmitter(all, { ...sender, account: '222222222222' }, 'AccessRequested.v1')).toBeUndefined();
});

it('takes each name and each client once', () => {
  const machine = { name: 'one', clientId: 'c' };
  expect(portalAccess.safeParse({ machineClients: [machine, { name: 'two', clientId: 'd' }] }).success).toBe(true);
  for (const twin of [{ name: 'two', clientId: 'c' }, { name: 'one', clientId: 'd' }]) expect(portalAccess.safeParse({ machineClients: [machine, twin] }).success).toBe(false);
});
