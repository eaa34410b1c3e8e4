import { limits } from '@team/contracts';
import * as z from 'zod';
import { names, principals } from './parts.ts';

const { shape } = limits;

const durations = z.object({ defaultDurationMinutes: z.number(), maximumDurationMinutes: z.number() });

/** Bounds that no policy can exceed, and who administers and audits. There is one. */
export const limitsDocument = z
  .strictObject({
    kind: z.literal('Limits'),
    maximumDurationMinutes: shape.maximumDurationMinutes.describe('Longest access whatever a policy says (minutes).'),
    approvalDeadlineMinutes: shape.approvalDeadlineMinutes.describe('How long a request waits for approval, unless its approver policy says (minutes).'),
    openRequestsPerUser: shape.openRequestsPerUser.describe('How many requests of one person may be open at once.'),
    startNoLaterThanDays: shape.startNoLaterThanDays.describe('The start is at most so long after asking (days).'),
    justification: shape.justification.describe('Whether a request must say why.'),
    sessionLongerThanGrant: shape.sessionLongerThanGrant.describe('What happens where a permission set’s session outlasts the access.'),
    defaultDurationMinutes: shape.defaultDurationMinutes.describe('How long access lasts that names no duration (minutes).'),
    openRequestsPerPermissionSet: z
      .record(z.string().min(1), z.int().min(1).max(100))
      .optional()
      .describe('How many requests of one person that name a permission set may be open at once, by its name or ARN.'),
    decisionComment: shape.decisionComment.describe('Whether who approves or denies must say why; optional unless said.'),
    secondAdministrator: shape.secondAdministrator.describe('Whether a change that widens access waits for a second administrator; required unless said.'),
    changeDecisionMinutes: shape.changeDecisionMinutes.describe('How long such a change waits; 4320 unless said (minutes).'),
    breakGlassMaximumMinutes: shape.breakGlassMaximumMinutes.describe('Longest break glass; 60 unless said (minutes).'),
    reviewWithinMinutes: shape.reviewWithinMinutes.describe('How long break glass may go without review after it; 1440 unless said (minutes).'),
    administrators: principals.describe('Who may change policies.'),
    auditors: principals.describe('Who may read everything.'),
    protectedAccounts: names.describe('Accounts out of reach beside the management account and TEAM’s own.'),
  })
  .refine(({ defaultDurationMinutes = 0, maximumDurationMinutes }) => defaultDurationMinutes <= maximumDurationMinutes, {
    path: ['defaultDurationMinutes'],
    error: 'is longer than maximumDurationMinutes',
    when: ({ value }) => durations.safeParse(value).success,
  });
export type LimitsDocument = z.infer<typeof limitsDocument>;
