import { accessApprovedV1, accessReviewedV1, accessReviewOverdueV1, accessReviewRequestedV1 } from '@team/contracts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { reviewLine } from '../print/review-line.ts';
import { factsIn } from '../../../story/src/facts.ts';
import { reviewStory, type ReviewStory } from '../../../story/src/review-story.ts';
import { momentOf } from '../timestamp.ts';

export interface ReviewsOptions {
  readonly since: string;
  readonly json?: true;
}

/** A break glass that nobody has reviewed. */
interface Unreviewed {
  readonly requestId: string;
  readonly requester: string;
  readonly review: ReviewStory;
}

const told = new Set([accessApprovedV1, accessReviewRequestedV1, accessReviewOverdueV1, accessReviewedV1].map(({ detailType }) => detailType));

/** `team reviews`: break glass that nobody has reviewed, by the audit trail. */
export async function reviews(context: Context, { since, json }: ReviewsOptions): Promise<ExitCode> {
  const { bus, say } = context;
  const from = await momentOf(since, '--since', bus);
  const [{ ownAccount }, events] = await Promise.all([bus.describe(), recordedSince(context, from)]);
  const waiting = [...Map.groupBy(events, ({ chain }) => chain).values()].flatMap((ofRequest) => unreviewed(ofRequest, ownAccount));
  if (json === true) say(JSON.stringify(waiting, undefined, 2));
  else if (waiting.length === 0) say('Nothing waits for review.');
  else for (const { requestId, requester, review } of waiting) say(printable(`${requestId}  BREAK GLASS by ${requester}: review ${reviewLine(review)}`));
  return waiting.some(({ review }) => review.status === 'overdue') ? exitCodes.refused : exitCodes.ok;
}

async function recordedSince({ trail }: Context, since: string): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ after, since });
    found.push(...events.filter(({ detailType }) => told.has(detailType)));
    if (events.length === 0 || next === undefined) return found;
    after = next;
  }
}

function unreviewed(events: readonly RecordedEvent[], ownAccount: string): readonly Unreviewed[] {
  const facts = factsIn(events, ownAccount);
  const [of] = [...facts(accessApprovedV1).filter(({ breakGlass }) => breakGlass), ...facts(accessReviewRequestedV1), ...facts(accessReviewOverdueV1)];
  if (of === undefined) return [];
  const review = reviewStory(facts);
  return review.status === 'reviewed' ? [] : [{ requestId: of.requestId, requester: of.requester.userName, review }];
}
