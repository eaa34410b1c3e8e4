import { endOf, type GrantStory } from '../../../story/src/grant-story.ts';
import type { ReviewStory } from '../../../story/src/review-story.ts';
import type { Stage } from '../../../story/src/request-story.ts';
import type { GrantDetail, RequestDetail, Who } from '../contract/index.ts';
import type { Actor, RequestView } from './ports.ts';

/** What is told of a request, in the words of the API. `names` of users and groups by id. */
export function detailOf({ row, story }: RequestView, names: ReadonlyMap<string, string>): Omit<RequestDetail, 'may' | 'requesterBefore' | 'now'> {
  return {
    row,
    grants: story.grants.map(grantOf),
    reasons: story.reasons,
    warnings: story.warnings,
    waitsFor: (story.waitsFor?.stages ?? []).map((stage) => stageOf(stage, names)),
    decisions: story.decisions,
    approval: story.approval.map((chain) => ({ ...chain, steps: chain.steps.map((step) => ({ ...step, approvers: namesIn(step.approvers, names) })) })),
    ...(story.review === undefined ? {} : { review: reviewOf(story.review) }),
    ...(story.extends === undefined ? {} : { extends: story.extends.requestId }),
    history: story.history.map(({ eventId, time, source, detailType, text, answerTo, disregarded }) => ({
      eventId,
      at: time,
      source,
      detailType,
      text,
      ...(answerTo === undefined ? {} : { answerTo }),
      ...(disregarded === undefined ? {} : { disregarded }),
    })),
  };
}

function stageOf({ policyId, missing, approvers }: Stage, names: ReadonlyMap<string, string>): RequestDetail['waitsFor'][number] {
  return { policyId, missing, approvers: namesIn(approvers, names) };
}

const namesIn = ({ groupIds, userIds }: Stage['approvers'], names: ReadonlyMap<string, string>): readonly string[] => [...groupIds, ...userIds].map((id) => names.get(id) ?? id);

function grantOf(grant: GrantStory): GrantDetail {
  const { grantId, status, accountId, accountName, permissionSetArn, permissionSetName, overdue, reason, by, activity } = grant;
  const { grantedAt, endedAt, removedAt, credentialsUselessBy } = grant;
  const endsAt = endOf(grant);
  return {
    ...{ grantId, status, accountId, accountName, permissionSetArn, permissionSetName, overdue },
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by: whoIs(by) }),
    ...(grantedAt === undefined ? {} : { grantedAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(removedAt === undefined ? {} : { removedAt }),
    ...(credentialsUselessBy === undefined ? {} : { credentialsUselessBy }),
    ...(activity === undefined ? {} : { activity: activityOf(activity) }),
  };
}

const whoIs = (actor: Actor): Who => ({ kind: actor.kind, name: actor.kind === 'person' ? actor.userName : actor.name });

function activityOf({ use, reason, collection, collections, services, ...counted }: NonNullable<GrantStory['activity']>): GrantDetail['activity'] {
  return {
    ...counted,
    services: services.map(String),
    ...(use === undefined ? {} : { use }),
    ...(reason === undefined ? {} : { reason }),
    ...(collection === undefined ? {} : { collection }),
    ...(collections === undefined ? {} : { collections }),
  };
}

function reviewOf(review: ReviewStory): NonNullable<RequestDetail['review']> {
  switch (review.status) {
    case 'later':
      return { status: 'later' };
    case 'waiting':
    case 'overdue':
      return { status: review.status, reviewBy: review.reviewBy };
    case 'reviewed':
      return { status: 'reviewed', verdict: review.verdict, by: review.by, at: review.at };
  }
}
