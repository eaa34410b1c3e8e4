/** What a fact says, as it came: whatever is there. */
export type Data = Readonly<Record<string, unknown>>;

/** What there is to tell of a fact, in the words of OCSF 1.8. */
export interface Told {
  readonly class: 'user_access' | 'entity_management';
  readonly activity: number;
  /** 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly message: string;
  /** Why it failed. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
  /** 1 success and 2 failure follow from that; 99: neither. */
  readonly status?: 99;
  readonly more: Data;
}

/** https://schema.ocsf.io/1.8.0/classes/user_access and …/entity_management: what `activity_id` means. */
const assign = 1;
const revoke = 2;
const create = 1;
const update = 3;
const remove = 4;
const activate = 10;
const deactivate = 11;

/** What a fact of this type says; undefined for those of which nothing is told. */
export function told(detailType: string, data: Data): Told | undefined {
  return Object.hasOwn(tellers, detailType) ? tellers[detailType]?.(data) : undefined;
}

const tellers: Readonly<Record<string, (data: Data) => Told | undefined>> = {
  'AccessRequestAccepted.v1': (d) => request(d, create, d['breakGlass'] === true ? 4 : 1, d['breakGlass'] === true ? 'break glass: access was asked for and needs no approval' : 'access was asked for, and policy allows it', personIn(d, 'requester')),
  'AccessRequestRejected.v1': (d) => ({ ...request(d, create, 1, 'access was asked for, and is not allowed', undefined), failure: firstReason(d) }),
  'ApprovalRecorded.v1': (d) => request(d, update, 1, `an approver said ${text(d, 'verdict')}`, personIn(d, 'decider'), text(d, 'comment')),
  'AccessApproved.v1': (d) => request(d, activate, d['breakGlass'] === true ? 4 : 1, d['breakGlass'] === true ? 'break glass: access is given without approval' : 'access was approved', undefined),
  'AccessDenied.v1': (d) => ({ ...request(d, update, 1, 'access was denied', personIn(d, 'decider'), text(d, 'comment')), failure: reasonIn(d) }),
  'ApprovalExpired.v1': (d) => ({ ...request(d, update, 1, 'nobody decided in time', undefined), failure: { code: 'ERR_APPROVAL_EXPIRED', message: 'nobody decided in time' } }),
  'AccessCancelled.v1': (d) => request(d, remove, 1, 'the request was taken back', actorIn(d, 'by'), text(d, 'reason')),
  'AccessRevoked.v1': (d) => request(d, deactivate, 2, 'access is ended before its time', actorIn(d, 'by')),
  'AccessExpired.v1': (d) => request(d, deactivate, 1, 'the time of access ran out', undefined),
  'ApprovalDecisionRefused.v1': (d) => ({ ...request(d, update, 3, 'a decision does not count', undefined), failure: firstReason(d) }),
  'AccessGranted.v1': (d) => access(d, assign, d['how'] === 'existed_before' ? 2 : 1, `a permission set is assigned (${text(d, 'how') ?? ''})`),
  'AccessGrantFailed.v1': (d) => ({ ...access(d, assign, 3, 'a permission set could not be assigned'), failure: reasonIn(d) }),
  'AccessEnded.v1': (d) => access(d, revoke, 1, `an assignment is over (${text(d, 'how') ?? ''})`),
  'AccessRemovalDelayed.v1': (d) => ({ ...access(d, revoke, 4, 'an assignment could not be removed yet'), failure: reasonIn(d) }),
  'SessionActivityCollected.v1': (d) => {
    const calls = typeof d['afterRemoval'] === 'number' ? d['afterRemoval'] : 0;
    return calls === 0 ? undefined : { ...access(d, revoke, 3, `after an assignment was removed ${calls} calls were made with credentials issued before`), status: 99 };
  },
  'AccessOverdue.v1': (d) => ({ ...access(d, revoke, 5, 'access did not end in time'), failure: { code: 'ERR_ACCESS_OVERDUE', message: `it was to end at ${text(d, 'endedAt') ?? ''}` } }),
  'AccessExtended.v1': (d) => request(d, update, 1, `access goes on until ${text(d, 'endsAt') ?? ''} under an extension`, undefined),
  'AssignmentDriftDetected.v1': (d) => ({ ...access(d, d['actual'] === 'present' ? assign : revoke, 4, `an assignment is ${text(d, 'actual') ?? ''} and is to be ${text(d, 'wanted') ?? ''}: somebody changed it by hand`), status: 99 }),
  'EligibilityPolicyChanged.v1': (d) => policy(d, 'EligibilityPolicy', text(d, 'policyId')),
  'ApproverPolicyChanged.v1': (d) => policy(d, 'ApproverPolicy', text(d, 'policyId')),
  'LimitsChanged.v1': (d) => policy(d, 'Limits', 'limits'),
  'BundleChanged.v1': (d) => policy(d, 'Bundle', text(d, 'bundleId')),
  'PolicyChangeProposed.v1': (d) => ({ ...policy(d, text(d, 'kind') ?? 'Policy', text(d, 'subject') ?? 'limits', 'a change that widens access waits for a second administrator', 'proposedBy'), status: 99 }),
  'ApproverPolicyProposed.v1': (d) => ({ ...policy(d, 'ApproverPolicy', text(d, 'policyId'), 'a change that eases approval waits for a second administrator', 'proposedBy'), status: 99 }),
  'AccessReviewRequested.v1': (d) => ({ ...request(d, update, 3, 'break glass waits for review', personIn(d, 'requester')), status: 99 }),
  'AccessReviewed.v1': (d) => request(d, update, d['verdict'] === 'justified' ? 1 : 4, `break glass was found ${text(d, 'verdict') ?? ''}`, personIn(d, 'reviewer'), text(d, 'comment')),
  'AccessReviewOverdue.v1': (d) => ({ ...request(d, update, 4, 'nobody reviewed break glass in time', personIn(d, 'requester')), failure: { code: 'ERR_REVIEW_OVERDUE', message: 'nobody reviewed it in time' } }),
  'LifecycleStalled.v1': (d) => ({ ...request(d, update, 4, 'a request stopped half-way', undefined), failure: { code: 'ERR_LIFECYCLE_STALLED', message: `missing: ${list(d['missing']).map(String).join(', ')}`.slice(0, 500) } }),
};

/** Something that happened to a request. It is no kind of entity that OCSF lists. */
function request(data: Data, activity: number, severity: Told['severity'], message: string, who: Data | undefined, comment?: string): Told {
  const entity = { type: 'Access Request', type_id: 99, uid: text(data, 'requestId') ?? 'unknown', name: text(data, 'requestId') ?? 'unknown' };
  return { class: 'entity_management', activity, severity, message, more: { entity, ...(who === undefined ? {} : { actor: who }), ...(comment === undefined || comment === '' ? {} : { comment }) } };
}

function policy(data: Data, kind: string, id = 'unknown', message = 'a policy was changed', by = 'changedBy'): Told {
  const { before, after, version } = data;
  const versioned = typeof version === 'number' ? { version: version.toString() } : {};
  const activity = after === undefined && by === 'changedBy' ? remove : before === undefined && by === 'changedBy' ? create : update;
  const entity = { type: 'Policy', type_id: 5, name: id, uid: `${kind}/${id}`, ...versioned, policy: { name: id, uid: `${kind}/${id}`, type: kind } };
  const who = actorIn(data, by);
  return { class: 'entity_management', activity, severity: 3, message, more: { entity, ...(who === undefined ? {} : { actor: who }) } };
}

/** A person's rights in an account. */
function access(data: Data, activity: number, severity: Told['severity'], message: string): Told {
  const assignment = record(data['assignment']);
  const [set, account, person] = ['permissionSetArn', 'accountId', 'principalId'].map((name) => text(assignment, name) ?? 'unknown');
  return {
    class: 'user_access',
    activity,
    severity,
    message,
    more: {
      user: { uid: person, type_id: 1, type: 'User' },
      privileges: [set],
      resources: [{ uid: account, type: 'AWS Account', role_id: 1 }],
    },
  };
}

const record = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function text(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

function personIn(data: Data, name: string): Data | undefined {
  const person = record(data[name]);
  const [uid, userName] = [text(person, 'userId'), text(person, 'userName')];
  return uid === undefined ? undefined : { user: { uid, name: userName ?? uid, type_id: 1, type: 'User' } };
}

function actorIn(data: Data, name: string): Data | undefined {
  const actor = record(data[name]);
  if (actor['kind'] === 'person') return personIn(data, name);
  const system = text(actor, 'name');
  return system === undefined ? undefined : { app_name: system };
}

function reasonIn(data: Data): { readonly code: string; readonly message: string } {
  const reason = record(data['reason']);
  return { code: text(reason, 'code') ?? 'ERR_UNKNOWN', message: text(reason, 'message') ?? '' };
}

const firstReason = (data: Data): { readonly code: string; readonly message: string } => reasonIn({ reason: list(data['reasons'])[0] });
