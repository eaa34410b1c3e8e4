/** What `describe` reads of an event's data: whatever is there, since it also describes events that break their contract. */
type Data = Readonly<Record<string, unknown>>;

/**
 * One line of plain words about an event, for timelines and logs. Never throws: an event that it does not know, or that
 * lacks what it should have, is described by what there is.
 *
 * @example describe('AccessGranted.v1', data) === 'access is there (created) until 10:00:00Z'
 */
export function describe(detailType: string, data: unknown): string {
  const of: Data = typeof data === 'object' && data !== null ? { ...data } : {};
  return Object.hasOwn(lines, detailType) ? (lines[detailType]?.(of) ?? '') : '';
}

const lines: Readonly<Record<string, (data: Data) => string>> = {
  'AccessRequested.v1': (d) => `${text(d, 'requester')} wants ${broken(d)}${targets(d['targets'])} for ${text(d, 'durationMinutes', 'the usual')} min${quoted(d, 'justification')}`,
  'ApprovalDecisionSubmitted.v1': (d) => `${text(d, 'decider')} says ${text(d, 'verdict')}${quoted(d, 'comment')}`,
  'AccessRevocationRequested.v1': (d) => `${text(d, 'by', 'the emitter')} wants it ended${quoted(d, 'reason')}`,
  'AccessRequestAccepted.v1': (d) =>
    `${broken(d)}${person(d['requester'])} may ask for ${targets(d['grants'])}; ${d['approvalRequired'] === true ? 'approval needed' : 'no approval needed'}${d['breakGlass'] === true ? ', review afterwards' : ''}${extending(d)}`,
  'AccessRequestRejected.v1': (d) => reasons(d['reasons']),
  'DuplicateRequestIgnored.v1': (d) => reasons([d['reason']]),
  'EligibilityConfirmed.v1': () => 'still eligible at the start',
  'EligibilityLapsed.v1': (d) => `no longer eligible at the start: ${reasons(d['reasons'])}`,
  'EligibilityPolicySubmitted.v1': (d) => `${text(d, 'submittedBy')} wants eligibility policy ${text(d, 'policyId')} ${change(d['policy'])}`,
  'ApproverPolicySubmitted.v1': (d) => `${text(d, 'submittedBy')} wants approver policy ${text(d, 'policyId')} ${change(d['policy'])}`,
  'LimitsSubmitted.v1': (d) => `${text(d, 'submittedBy')} wants other limits`,
  'BundleSubmitted.v1': (d) => `${text(d, 'submittedBy')} wants bundle ${text(d, 'bundleId')} ${change(d['bundle'])}`,
  'PolicyChangeDecided.v1': (d) => `${text(d, 'decider')} says ${text(d, 'verdict')}${quoted(d, 'comment')}`,
  'DelegationSubmitted.v1': (d) => `${text(d, 'delegator')} wants ${text(d, 'delegate', 'nobody')} to decide instead`,
  'AccessReviewSubmitted.v1': (d) => `${text(d, 'reviewer')} finds the break glass ${text(d, 'verdict')}${quoted(d, 'comment')}`,
  'EligibilityPolicyChanged.v1': (d) => `eligibility policy ${text(d, 'policyId')} ${changed(d)}`,
  'ApproverPolicyChanged.v1': (d) => `approver policy ${text(d, 'policyId')} ${changed(d)}`,
  'LimitsChanged.v1': (d) => `limits ${changed(d)}`,
  'BundleChanged.v1': (d) => `bundle ${text(d, 'bundleId')} ${changed(d)}`,
  'PolicyChangeProposed.v1': (d) => `waits for a second administrator until ${text(d, 'decideBy')}: ${list(d['widens']).join('; ')}`,
  'ApproverPolicyProposed.v1': (d) => `waits for a second administrator until ${text(d, 'decideBy')}: ${list(d['widens']).join('; ')}`,
  'PolicyChangeRefused.v1': (d) => reasons(d['reasons']),
  'ApproverPolicyRefused.v1': (d) => reasons(d['reasons']),
  'PolicyDecisionRefused.v1': (d) => reasons(d['reasons']),
  'ApproverPolicyDecisionRefused.v1': (d) => reasons(d['reasons']),
  'DelegationChanged.v1': (d) => `${d['delegate'] === undefined ? 'nobody' : person(d['delegate'])} decides for ${person(d['delegator'])}`,
  'DelegationRefused.v1': (d) => reasons(d['reasons']),
  'AccessReviewRequested.v1': (d) => `BREAK GLASS by ${person(d['requester'])} waits for review until ${text(d, 'reviewBy')}`,
  'AccessReviewed.v1': (d) => `${person(d['reviewer'])} finds the break glass ${text(d, 'verdict')}${quoted(d, 'comment')}`,
  'AccessReviewRefused.v1': (d) => reasons(d['reasons']),
  'AccessReviewOverdue.v1': (d) => `nobody reviewed the BREAK GLASS by ${person(d['requester'])}, due ${text(d, 'reviewBy')} (said ${text(d, 'repetition')} times)`,
  'ApprovalRequested.v1': (d) => `${broken(d)}waits for approval until ${time(d, 'deadlineAt')}${extending(d)}`,
  'ApprovalRecorded.v1': (d) => `${person(d['decider'])}: ${text(d, 'verdict')}${quoted(d, 'comment')}`,
  'ApprovalReminded.v1': (d) => `still waits for approval until ${time(d, 'deadlineAt')}`,
  'AccessApproved.v1': (d) => `${broken(d)}approved by ${approvers(d['approvals'])} for ${person(d['requester'])}: ${targets(d['grants'])}`,
  'AccessDenied.v1': (d) => `denied${d['decider'] === undefined ? '' : ` by ${person(d['decider'])}`}: ${reasons([d['reason']])}`,
  'ApprovalExpired.v1': (d) => `nobody decided by ${time(d, 'deadlineAt')}`,
  'AccessCancelled.v1': (d) => `cancelled by ${actor(d['by'])}${quoted(d, 'reason')}`,
  'CancellationRefused.v1': (d) => reasons([d['reason']]),
  'ApprovalDecisionRefused.v1': (d) => reasons(d['reasons']),
  'AccessScheduled.v1': (d) => `opens at ${time(record(d['window']), 'notBefore')}`,
  'AccessOpeningDue.v1': () => 'its start has come; is it still allowed?',
  'AccessWindowOpened.v1': (d) => `${broken(d)}${person(d['principal'])} is to have ${targets([d['grant']])} now`,
  'AccessExpired.v1': (d) => `time ran out at ${time(d, 'endedAt')}${again(d)}`,
  'AccessRevoked.v1': (d) => `ended early by ${actor(d['by'])}: ${reasons([d['reason']])}${again(d)}`,
  'AccessRevocationRefused.v1': (d) => reasons([d['reason']]),
  'AccessOverdue.v1': (d) => `ended at ${time(d, 'endedAt')} and its removal is still not confirmed`,
  'AccessExtended.v1': (d) => `goes on until ${time(d, 'endsAt')} under ${text(record(d['extension']), 'requestId')}`,
  'AccessGranted.v1': (d) => `access is there (${text(d, 'how')}) until ${time(d, 'endsAt')}`,
  'AccessGrantFailed.v1': (d) => reasons([d['reason']]),
  'AccessEnded.v1': (d) =>
    `over (${text(d, 'how')})${d['credentialsUselessBy'] === undefined ? '' : `; credentials useless by ${time(d, 'credentialsUselessBy')}`}`,
  'AccessRemovalDelayed.v1': (d) => `still there after ${text(d, 'attempts')} attempts: ${reasons([d['reason']])}`,
  'AssignmentDriftDetected.v1': (d) => `wanted ${text(d, 'wanted')}, found ${text(d, 'actual')}; repair: ${text(d, 'repair')}`,
  'SessionActivityCollected.v1': (d) =>
    d['state'] === 'missing'
      ? `what was done could not be read: ${reasons([d['reason']])}`
      : `${text(d, 'reads')} reads, ${text(d, 'writes')} writes, ${text(d, 'errors')} errors${Number(d['afterRemoval'] ?? 0) > 0 ? `, ${text(d, 'afterRemoval')} AFTER REMOVAL` : ''} (${text(d, 'state')})`,
  'LifecycleStalled.v1': (d) =>
    d['clearedAt'] === undefined
      ? `STALLED: ${list(d['missing']).join(' or ')} should have come by ${text(d, 'stalledSince')}`
      : `goes on: it waited for ${list(d['missing']).join(' or ')}`,
  'SessionsRevoked.v1': (d) => `credentials issued before ${time(d, 'issuedBefore')} no longer work`,
};

const record = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const extending = (data: Data): string => (data['extends'] === undefined ? '' : `; extends ${text(data, 'extends')}`);
const change = (after: unknown): string => (after === undefined ? 'removed' : 'laid down');
const changed = (data: Data): string => `${data['after'] === undefined ? 'removed' : data['before'] === undefined ? 'laid down' : 'changed'} by ${actor(data['changedBy'])}, version ${text(data, 'version')}`;

function text(data: Data, key: string, otherwise = '?'): string {
  const value = data[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

function quoted(data: Data, key: string): string {
  const value = data[key];
  if (typeof value !== 'string' || value === '') return '';
  return ` “${value.length > 60 ? `${value.slice(0, 57)}…` : value}”`;
}

/** Time of day in UTC; the day stands beside the event. */
const time = (data: Data, key: string): string => `${text(data, key).slice(11, 19)}Z`;
const person = (value: unknown): string => text(record(value), 'userName');
const again = (data: Data): string => (Number(data['repetition'] ?? 0) > 0 ? ` (said again, ${text(data, 'repetition')})` : '');

/** Said first, so that nobody overlooks it. */
const broken = (data: Data): string => (data['breakGlass'] === true ? 'BREAK GLASS: ' : '');

function actor(value: unknown): string {
  const by = record(value);
  return by['kind'] === 'person' ? text(by, 'userName') : text(by, 'name');
}

function targets(value: unknown): string {
  const all = list(value).map(record);
  const shown = all.slice(0, 3).map((target) => {
    const set = text(target, 'permissionSetName', text(target, 'permissionSetArn'));
    return target['bundle'] === undefined ? `${set} in ${text(target, 'accountName', text(target, 'accountId'))}` : `bundle ${text(target, 'bundle')}`;
  });
  return `${shown.join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`;
}

function reasons(value: unknown): string {
  return list(value)
    .map(record)
    .map((reason) => `${text(reason, 'code')}: ${text(reason, 'message')}`)
    .join('; ');
}

function approvers(value: unknown): string {
  const names = list(value).map((approval) => person(record(approval)['decider']));
  return names.length === 0 ? 'policy' : names.join(', ');
}
