import { createSigner, type DecisionClaims } from '@team/runtime';
import {
  accessRequestedV1,
  accessRevocationRequestedV1,
  approvalDecisionSubmittedV1,
  type AccessRequestedV1,
  type AccessRevocationRequestedV1,
  type ApprovalRequestedV1,
} from '@team/contracts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { Draw } from './draw.ts';
import type { Intent } from './ledger.ts';
import type { Life } from './life.ts';

/** The emitters of the fixtures, and the local channel: access key id → the source that it puts under. */
const sources = { 'deploy-pipeline': 'acme.deploy-pipeline', 'service-desk': 'acme.service-desk', 'local-channel': 'team.local-channel' } as const;
type Emitter = keyof typeof sources;

const channelKey = 'alias/team-local-channel';
const minuteMs = 60_000;

/** Makes what people and systems around the cloud say, drawn at random. */
export interface Intents {
  /** A request for access; `far` allows starts so late that it is judged again at its start. */
  ask(now: number, far: boolean): Intent;
  /** A text under a known name that no contract knows: nobody can be answered. */
  nonsense(now: number): Intent;
  /** Somebody's word on a request that waits: mostly of one who may say it. */
  decide(life: Life, asked: ApprovalRequestedV1): Promise<Intent>;
  /** The end of a request, or of one of its grants. */
  revoke(now: number, requestId: string, requester: string, grantId?: string): Intent;
}

export function createIntents(draw: Draw, organization: Organization): Intents {
  const people = new Map(organization.Users.map((user) => [user.UserId, user.UserName]));
  const membersOf = (groupId: string): string[] =>
    organization.GroupMemberships.flatMap(({ GroupId, MemberId }) => (GroupId === groupId ? [MemberId.UserId] : []));
  const groupNamed = (name: string): string => organization.Groups.find(({ DisplayName }) => DisplayName === name)?.GroupId ?? '';
  const developers = membersOf(groupNamed('Developers'));
  const engineers = membersOf(groupNamed('SRE'));
  const accounts = organization.Accounts.map(({ Id }) => Id);
  const byHand = organization.AccountAssignments.filter(({ PrincipalType, PrincipalId }) => PrincipalType === 'USER' && engineers.includes(PrincipalId));

  function intent(caller: Emitter, detailType: string, now: number, data: object, of: Pick<Intent, 'requestId' | 'decisionId'>): Intent {
    const eventId = draw.uuid();
    const requestId = of.requestId === undefined ? {} : { requestId: of.requestId };
    const metadata = { eventId, ...requestId, occurredAt: new Date(now).toISOString() };
    const entry = { EventBusName: 'team', Source: sources[caller], DetailType: detailType, Detail: JSON.stringify({ metadata, data }) };
    return { eventId, caller, detailType, ...of, entry };
  }

  /** Most of it is allowed by the fixtures' policies, some of it is not; some asks for what was assigned by hand. */
  function wanted(): Pick<AccessRequestedV1, 'requester' | 'targets' | 'ticket'> {
    const handMade = draw.oneIn(12) ? byHand[0] : undefined;
    if (handMade !== undefined) {
      const { PrincipalId: requester, AccountId: accountId, PermissionSetArn: permissionSetArn } = handMade;
      return { requester, targets: [{ accountId, permissionSetArn }], ticket: { id: 'OPS-1' } };
    }
    const engineer = draw.oneIn(3);
    const requester = draw.from(engineer ? engineers : developers);
    const sets = engineer ? ['ReadOnlyAccess', 'PowerUserAccess', 'AdministratorAccess'] : ['PowerUserAccess', 'PowerUserAccess', 'ReadOnlyAccess'];
    const permissionSetName = draw.from(sets);
    const count = draw.oneIn(4) ? 3 : 1;
    const targets = [...new Set(Array.from({ length: count }, () => draw.from(accounts)))].map((accountId) => ({ accountId, permissionSetName }));
    return { requester: people.get(requester) ?? requester, targets, ...(engineer ? { ticket: { id: `OPS-${draw.below(1_000)}` } } : {}) };
  }

  return {
    ask(now, far) {
      const requestId = draw.uuid();
      const inMinutes = draw.oneIn(4) ? 1 + draw.below(far ? 20 : 3) : undefined;
      const startAt = inMinutes === undefined ? {} : { startAt: new Date(now + inMinutes * minuteMs).toISOString() };
      const data = { requestId, ...wanted(), ...startAt, durationMinutes: 1 + draw.below(far ? 15 : 4), justification: 'crash test' };
      return intent(draw.oneIn(2) ? 'deploy-pipeline' : 'service-desk', accessRequestedV1.detailType, now, data, { requestId });
    },
    nonsense: (now) => intent('service-desk', accessRequestedV1.detailType, now, { requestId: 'not an id' }, {}),
    async decide(life, { requestId, requestDigest, requester, openStages }) {
      const approvers = openStages.flatMap(({ approvers: { userIds, groupIds } }) => [...userIds, ...groupIds.flatMap(membersOf)]);
      const decider = draw.oneIn(10) || approvers.length === 0 ? requester.userId : draw.from(approvers);
      const verdict = draw.oneIn(6) ? 'deny' : 'approve';
      const decisionId = draw.uuid();
      const now = life.now();
      const seconds = Math.floor(now / 1000);
      const claims: DecisionClaims = { requestId, requestDigest, decisionId, decider, verdict, auth_time: seconds, exp: seconds + 900 };
      const signature = await createSigner(life.kms('local-channel'), channelKey).sign('team-decision+jws', claims);
      const data = { requestId, decisionId, verdict, decider: people.get(decider) ?? decider, signature };
      return intent('local-channel', approvalDecisionSubmittedV1.detailType, now, data, { requestId, decisionId });
    },
    revoke(now, requestId, requester, grantId) {
      const data: AccessRevocationRequestedV1 = { requestId, reason: 'crash test', ...(grantId === undefined ? {} : { grantIds: [grantId] }) };
      // The service desk may end anything by itself; through the channel the requester ends their own.
      if (draw.oneIn(2)) return intent('service-desk', accessRevocationRequestedV1.detailType, now, data, { requestId });
      return intent('local-channel', accessRevocationRequestedV1.detailType, now, { ...data, by: requester }, { requestId });
    },
  };
}
