import { isFinal } from '@team/contracts';
import type { RecordedEvent } from '../../services/portal/story/src/recorded-event.ts';
import { tellStory } from '../../services/portal/story/src/request-story.ts';
import type { Intent } from './ledger.ts';

/** What of the product's promise does not hold, each in a sentence. */
export interface Judgement {
  /** What was acknowledged and is not there, or has no answer. */
  readonly lost: readonly string[];
  /** What has not come to its end. */
  readonly left: readonly string[];
  /** What happened more than once. */
  readonly twice: readonly string[];
}

const outcomes = ['AccessRequestAccepted.v1', 'AccessRequestRejected.v1'];
const verdicts = ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'];
const answers = ['ApprovalRecorded.v1', 'ApprovalDecisionRefused.v1'];

/** Holds what the bus acknowledged against what the audit trail says came of it. */
export function judge(taken: readonly Intent[], trail: readonly RecordedEvent[], ownAccount: string): Judgement {
  const lost: string[] = [];
  const left: string[] = [];
  const twice: string[] = [];
  const recorded = Map.groupBy(trail, ({ eventId }) => eventId);
  const ofRequest = Map.groupBy(trail, ({ chain }) => chain);

  for (const { eventId, detailType, requestId } of taken) {
    const times = recorded.get(eventId)?.length ?? 0;
    if (times === 0) lost.push(`${detailType} ${eventId} of request ${requestId ?? 'without an id'}: not in the audit trail`);
    if (times > 1) twice.push(`${detailType} ${eventId}: ${times} times in the audit trail`);
  }
  const asked = new Set(taken.flatMap(({ detailType, requestId }) => (detailType === 'AccessRequested.v1' && requestId !== undefined ? [requestId] : [])));
  for (const requestId of asked) judgeRequest(requestId, ofRequest.get(`request#${requestId}`) ?? []);
  for (const { requestId, decisionId } of taken) {
    if (decisionId !== undefined) judgeDecision(decisionId, ofRequest.get(`request#${requestId}`) ?? []);
  }
  return { lost, left, twice };

  function judgeRequest(requestId: string, events: readonly RecordedEvent[]): void {
    const judged = facts(events, outcomes);
    if (judged.length === 0) return void lost.push(`request ${requestId}: neither accepted nor rejected`);
    once(`request ${requestId}`, judged);
    once(`request ${requestId}`, facts(events, verdicts));
    const story = tellStory(requestId, [...events], ownAccount);
    if (story === undefined || !isFinal(story.status)) left.push(`request ${requestId}: ${story?.status ?? 'no story'}`);
    for (const { grantId, status } of story?.grants ?? []) {
      if (!isFinal(status)) left.push(`grant ${grantId} of request ${requestId}: ${status}`);
      const hows = new Set(facts(events, ['AccessEnded.v1']).filter(({ detail }) => dataOf(detail)['grantId'] === grantId).map(({ detail }) => dataOf(detail)['how']));
      if (hows.size > 1) twice.push(`grant ${grantId} of request ${requestId} ended in several ways: ${[...hows].join(', ')}`);
    }
  }

  function judgeDecision(decisionId: string, events: readonly RecordedEvent[]): void {
    const found = facts(events, answers).filter(({ detail }) => dataOf(detail)['decisionId'] === decisionId);
    if (found.length === 0) lost.push(`decision ${decisionId}: neither recorded nor refused`);
    once(`decision ${decisionId}`, found);
  }

  function once(what: string, found: readonly RecordedEvent[]): void {
    if (found.length > 1) twice.push(`${what}: ${found.map(({ detailType }) => detailType).join(', ')}`);
  }

  function facts(events: readonly RecordedEvent[], detailTypes: readonly string[]): RecordedEvent[] {
    return events.filter(({ detailType, source, account }) => detailTypes.includes(detailType) && account === ownAccount && /^team\.(request|approval|provisioning)$/.test(source));
  }
}

function dataOf(detail: RecordedEvent['detail']): Readonly<Record<string, unknown>> {
  const data: unknown = detail?.['data'];
  return typeof data === 'object' && data !== null ? { ...data } : {};
}
