import { catalog } from '@team/contracts';
import { asSchema, exampleValue } from '@team/testing';
import { toOcsf, type Ocsf, type RecordedEvent } from '../../services/audit/src/domain/ocsf.ts';

const requestId = '018f0000-0000-7000-8000-000000000002';
const ownAccount = '170349155450';
const wren = { userId: '906a2f3c-4d5e-4f60-8a1b-2c3d4e5f6071', userName: 'wren.kowalski@acme.example' };
const event = (detailType: string, source: string, seq: number, data: object, account = ownAccount): RecordedEvent => ({
  eventId: '018f0000-0000-7000-8000-0000000000a1',
  detailType,
  source,
  account,
  occurredAt: '2026-11-30T09:00:00.000Z',
  recordedAt: '2026-11-30T09:00:00.400Z',
  requestId,
  data: { requestId, ...data },
  chain: `request#${requestId}`,
  seq,
  ownAccount,
});
const assignment = { principalId: wren.userId, accountId: '836423630756', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223aabbccddeeff/ps-0123456789abcdef' };

/** Events that docs/siem.md shows, by what stands above each. */
export const shown: Readonly<Record<string, Ocsf>> = {
  'a right': toOcsf(event('AccessGranted.v1', 'team.provisioning', 8, { assignment, how: 'created' })),
  'a request': toOcsf(event('ApprovalRecorded.v1', 'team.approval', 5, { verdict: 'approve', decider: wren, comment: 'release 4711' })),
  'a refusal': toOcsf(event('AccessRequestRejected.v1', 'team.request', 2, { requester: 'wren.kowalski@acme.example', reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no policy allows it' }] })),
  'a policy': toOcsf({ ...event('EligibilityPolicyChanged.v1', 'team.request', 1, { policyId: 'developers', version: 4, before: {}, after: {}, changedBy: { kind: 'person', ...wren } }), requestId: undefined, chain: 'source#team.request#2026-11-30' }),
  'an intent': toOcsf(event('AccessRequested.v1', 'acme.deploy-pipeline', 1, {})),
  'a forgery': toOcsf(event('AccessGranted.v1', 'team.provisioning', 9, { assignment, how: 'created' }, '999999999999')),
};

/** What of an event is told, as rows of a table: every event of the catalog with no more than it must have. */
export function rows(): string[] {
  return catalog.flatMap(({ detailType, detail, source, kind }) => {
    if (detailType === 'AuditRecorded.v1') return [];
    const data = exampleValue(asSchema(asSchema(detail.toJSONSchema({ io: 'input' })).properties?.['data']), { extent: 'required' }) as object;
    const { type_uid: uid, type_name: name, severity, status } = toOcsf(event(detailType, source ?? 'acme.deploy-pipeline', 1, data));
    return kind === 'intent' ? [] : [`| \`${detailType}\` | ${String(uid)} ${String(name)} | ${String(severity)} | ${String(status)} |`];
  });
}
