import { describe, type Reason } from '@team/contracts';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';

/** How a change, or a decision on one, was answered. */
export interface Answer {
  readonly outcome: 'changed' | 'proposed' | 'refused';
  readonly changeId: string;
  readonly text: string;
  readonly reasons: readonly Reason[];
}

const changed = /^(EligibilityPolicy|ApproverPolicy|Limits|Bundle)Changed\./;
const proposed = /Proposed\./;
const refusing = /^(PolicyChange|ApproverPolicy|PolicyDecision|ApproverPolicyDecision)Refused\./;
/** What was decided on a change did not count, which leaves the change as it was. */
const decisionRefused = /DecisionRefused\./;

/**
 * What an event says of a change, or of what `decider` decides on it: that it was proposed a moment ago, and what others decided, is no answer
 * then. Of the change itself, a decision that did not count says nothing, whoever's it was. Only what the services said counts: anybody may
 * put anything on the bus under another source, and it is recorded.
 */
export function answerIn({ detailType, detail, source, account }: RecordedEvent, changeId: string, ownAccount: string, decider?: string): Answer | undefined {
  if (account !== ownAccount || (source !== 'team.request' && source !== 'team.approval')) return undefined;
  const data: Readonly<Record<string, unknown>> = { ...(typeof detail?.['data'] === 'object' ? detail['data'] : {}) };
  if (data['changeId'] !== changeId) return undefined;
  const outcome = changed.test(detailType) ? 'changed' : proposed.test(detailType) ? 'proposed' : refusing.test(detailType) ? 'refused' : undefined;
  if (outcome === undefined) return undefined;
  const ofAnother = decisionRefused.test(detailType) && (decider === undefined || data['decider'] !== decider);
  if (ofAnother || (decider !== undefined && outcome === 'proposed')) return undefined;
  return { outcome, changeId, text: describe(detailType, data), reasons: Array.isArray(data['reasons']) ? (data['reasons'] as Reason[]) : [] };
}
