import { access, activate, actorIn, assign, claimedIn, create, deactivate, entity, failing, firstReason, list, personIn, policy, read, reasonIn, remove, request, revoke, text, update, type Data, type Told } from './ocsf-told.ts';

/** What a fact of this type says, by the service whose fact it is; undefined for one that this mapping has no words for. */
export function told(detailType: string, data: Data): Told | undefined {
  return isFact(detailType) ? tellers[detailType]?.(data) : undefined;
}

/** Whether this detail-type is one that the services alone may say. */
export const isFact = (detailType: string): boolean => Object.hasOwn(tellers, detailType);

const broken = (data: Data): boolean => data['breakGlass'] === true;

const ofRequests: Readonly<Record<string, (data: Data) => Told>> = {
  'AccessRequestAccepted.v1': (d) => request(d, create, broken(d) ? 4 : 1, broken(d) ? 'break glass: access was asked for and needs no approval' : 'access was asked for, and policy allows it', { who: personIn(d, 'requester') }),
  'AccessRequestRejected.v1': (d) => failing(request(d, create, 2, 'access was asked for, and is not allowed', { who: claimedIn(d, 'requester') }), firstReason(d)),
  'DuplicateRequestIgnored.v1': (d) => failing(request(d, create, 2, 'an id was used again for something else, which is ignored', { who: emitterIn(d) }), reasonIn(d)),
  'EligibilityConfirmed.v1': (d) => request(d, update, 1, 'the request is still allowed at its start'),
  'EligibilityLapsed.v1': (d) => failing(request(d, update, 2, 'the request is no longer allowed at its start'), firstReason(d)),
  'ApprovalRequested.v1': (d) => request(d, update, broken(d) ? 4 : 1, 'the request waits for approval', { who: personIn(d, 'requester') }),
  'ApprovalReminded.v1': (d) => request(d, update, 1, 'the request still waits for approval'),
  'ApprovalRecorded.v1': (d) => request(d, update, 1, `an approver said ${text(d, 'verdict') ?? 'something'}`, { who: personIn(d, 'decider'), comment: text(d, 'comment') }),
  'ApprovalDecisionRefused.v1': (d) => failing(request(d, update, 3, 'a decision does not count', { who: claimedIn(d, 'decider') }), firstReason(d)),
  'AccessApproved.v1': (d) => request(d, activate, broken(d) ? 4 : 1, broken(d) ? 'break glass: access is given without approval' : 'access was approved'),
  'AccessDenied.v1': (d) => failing(request(d, update, 1, 'access was denied', { who: personIn(d, 'decider'), comment: text(d, 'comment') }), reasonIn(d)),
  'ApprovalExpired.v1': (d) => failing(request(d, update, 1, 'nobody decided in time'), { code: 'ERR_APPROVAL_EXPIRED', message: 'nobody decided in time' }),
  'AccessCancelled.v1': (d) => request(d, remove, 1, 'the request was taken back', { who: actorIn(d, 'by'), comment: text(d, 'reason') }),
  'CancellationRefused.v1': (d) => failing(request(d, remove, 2, 'the request was not taken back', { who: claimedIn(d, 'by') }), reasonIn(d)),
  'AccessScheduled.v1': (d) => request(d, update, 1, 'access waits for its start'),
  'AccessOpeningDue.v1': (d) => request(d, update, 1, 'the start of access has come, and it is asked whether it is still allowed'),
  'AccessWindowOpened.v1': (d) => request(d, activate, broken(d) ? 4 : 1, 'access is to be assigned now', { who: personIn(d, 'principal') }),
  'AccessExtended.v1': (d) => request(d, update, 1, `access goes on until ${text(d, 'endsAt') ?? ''} under an extension`),
  'AccessExpired.v1': (d) => request(d, deactivate, 1, 'the time of access ran out'),
  'AccessRevoked.v1': (d) => request(d, deactivate, 2, 'access is ended before its time', { who: actorIn(d, 'by') }),
  'AccessRevocationRefused.v1': (d) => failing(request(d, deactivate, 2, 'access was not ended before its time', { who: claimedIn(d, 'by') }), reasonIn(d)),
  'AccessReviewRequested.v1': (d) => ({ ...request(d, update, 3, 'break glass waits for review', { who: personIn(d, 'requester') }), status: 'Waits for review' }),
  'AccessReviewed.v1': (d) => request(d, update, d['verdict'] === 'justified' ? 1 : 4, `break glass was found ${text(d, 'verdict') ?? 'something'}`, { who: personIn(d, 'reviewer'), comment: text(d, 'comment') }),
  'AccessReviewRefused.v1': (d) => failing(request(d, update, 3, 'a review of break glass does not count', { who: claimedIn(d, 'reviewer') }), firstReason(d)),
  'AccessReviewOverdue.v1': (d) => failing(request(d, update, 4, 'nobody reviewed break glass in time', { who: personIn(d, 'requester') }), { code: 'ERR_REVIEW_OVERDUE', message: 'nobody reviewed it in time' }),
  'LifecycleStalled.v1': (d) =>
    d['clearedAt'] === undefined
      ? failing(request(d, update, 4, 'a request stopped half-way'), { code: 'ERR_LIFECYCLE_STALLED', message: `missing: ${list(d['missing']).map(String).join(', ')}` })
      : request(d, update, 1, 'a request that had stopped half-way went on'),
  'SessionActivityCollected.v1': (d) => activity(d),
};

const ofAssignments: Readonly<Record<string, (data: Data) => Told>> = {
  'AccessGranted.v1': (d) => access(d, assign, d['how'] === 'existed_before' ? 2 : 1, `a permission set is assigned (${text(d, 'how') ?? ''})`),
  // Of a window that is not what was approved, or was opened before with other content: the grant itself goes on.
  'AccessGrantFailed.v1': (d) => failing(access(d, assign, d['final'] === false ? 4 : 3, d['final'] === false ? 'somebody asked for an assignment with what is not valid, and it was refused' : 'a permission set could not be assigned'), reasonIn(d)),
  'AccessEnded.v1': (d) => access(d, revoke, 1, `an assignment is over (${text(d, 'how') ?? ''})`),
  'AccessRemovalDelayed.v1': (d) => failing(access(d, revoke, 4, 'an assignment could not be removed yet'), reasonIn(d)),
  'AccessOverdue.v1': (d) => failing(access(d, revoke, 5, 'access did not end in time'), { code: 'ERR_ACCESS_OVERDUE', message: `it was to end at ${text(d, 'endedAt') ?? ''}` }),
  'AssignmentDriftDetected.v1': (d) => ({ ...access(d, d['actual'] === 'present' ? assign : revoke, 4, `an assignment is ${text(d, 'actual') ?? ''} and is to be ${text(d, 'wanted') ?? ''}: somebody changed it by hand`), status: 'Drift' }),
  'SessionsRevoked.v1': (d) => access(d, revoke, 2, `credentials issued before ${text(d, 'issuedBefore') ?? ''} were made useless`),
};

const ofPolicies: Readonly<Record<string, (data: Data) => Told>> = {
  'EligibilityPolicyChanged.v1': (d) => policy(d, 'EligibilityPolicy', text(d, 'policyId')),
  'ApproverPolicyChanged.v1': (d) => policy(d, 'ApproverPolicy', text(d, 'policyId')),
  'LimitsChanged.v1': (d) => policy(d, 'Limits', 'limits'),
  'BundleChanged.v1': (d) => policy(d, 'Bundle', text(d, 'bundleId')),
  'PolicyChangeProposed.v1': (d) => ({ ...policy(d, text(d, 'kind') ?? 'Policy', text(d, 'subject') ?? 'limits', 'a change that widens access waits for a second administrator', 'proposedBy'), status: 'Waits for a second administrator' }),
  'ApproverPolicyProposed.v1': (d) => ({ ...policy(d, 'ApproverPolicy', text(d, 'policyId'), 'a change that eases approval waits for a second administrator', 'proposedBy'), status: 'Waits for a second administrator' }),
  'PolicyChangeRefused.v1': (d) => refusedChange(d, 'a change of policy was refused', 'submittedBy'),
  'ApproverPolicyRefused.v1': (d) => refusedChange(d, 'a change of approver policy was refused', 'submittedBy'),
  'PolicyDecisionRefused.v1': (d) => refusedChange(d, 'a decision on a change of policy does not count', 'decider'),
  'ApproverPolicyDecisionRefused.v1': (d) => refusedChange(d, 'a decision on a change of approver policy does not count', 'decider'),
  // Whoever stands in approves: who may is changed, as by a policy.
  'DelegationChanged.v1': (d) => entity('Delegation', text(d, 'delegationId') ?? 'unknown', d['delegate'] === undefined ? remove : update, 3, d['delegate'] === undefined ? 'nobody decides in another’s place any more' : `${nameIn(d, 'delegate')} decides in another’s place`, { who: personIn(d, 'delegator') }),
  'DelegationRefused.v1': (d) => failing(entity('Delegation', text(d, 'delegationId') ?? 'unknown', update, 2, 'a delegation was refused', { who: claimedIn(d, 'delegator') }), firstReason(d)),
};

const tellers: Readonly<Record<string, (data: Data) => Told>> = { ...ofRequests, ...ofAssignments, ...ofPolicies };

const refusedChange = (data: Data, message: string, by: string): Told => failing(entity('Policy Change', text(data, 'changeId') ?? 'unknown', update, 3, message, { who: claimedIn(data, by) }), firstReason(data));

/** What somebody did with access. Calls after its end were made with credentials that outlived it. */
function activity(data: Data): Told {
  const [reads, writes, errors, after] = ['reads', 'writes', 'errors', 'afterRemoval'].map((name) => count(data, name));
  const message = `what was done with access was collected: ${reads} reads, ${writes} writes, ${errors} errors, ${after} after its end`;
  const said = request(data, read, after === 0 ? 1 : 4, message);
  if (data['state'] === 'missing') return failing({ ...said, severity: 3, message: 'what was done with access could not be collected' }, { code: 'ERR_ACTIVITY_MISSING', message: 'this does not mean that nothing was done' });
  return data['state'] === 'partial' ? { ...said, status: 'Partial' } : said;
}

const count = (data: Data, name: string): number => (typeof data[name] === 'number' ? data[name] : 0);

function nameIn(data: Data, name: string): string {
  const user = personIn(data, name)?.['user'];
  return typeof user === 'object' && user !== null && 'name' in user ? String(user.name) : 'somebody';
}

/** The emitter as the bus had it: its source. */
function emitterIn(data: Data): Data | undefined {
  const emitter = data['emitter'];
  return typeof emitter === 'object' && emitter !== null && 'source' in emitter ? { app_name: String(emitter.source) } : undefined;
}
