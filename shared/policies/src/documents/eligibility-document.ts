import { eligibilityPolicy, policyId } from '@team/contracts';
import * as z from 'zod';
import { moment, names, principals, tags, targets } from './parts.ts';
import { ticketPattern } from './ticket-pattern.ts';
import { timeWindowDocument } from './time-windows.ts';

const { shape } = eligibilityPolicy;

/** Who, where, what and when; the same for both effects. */
const reach = {
  kind: z.literal('EligibilityPolicy'),
  name: policyId.describe('Stable name; unique among eligibility policies.'),
  principals: principals.describe('Who may ask.'),
  targets: targets.describe('For which accounts: any of these.'),
  permissionSets: names.min(1).optional().describe('For which permission sets, by name or ARN.'),
  permissionSetTags: tags.optional(),
  timeWindows: z.array(timeWindowDocument).min(1).max(20).optional().describe('One that allows: the whole access lies within these. One that denies: it denies what touches them.'),
  validFrom: moment.optional().describe('The policy holds from this moment on.'),
  validUntil: moment.optional().describe('The policy holds until this moment.'),
};

/** What only a policy that allows has. */
const rules = {
  maximumDurationMinutes: shape.maximumDurationMinutes.unwrap().describe('Longest access (minutes).'),
  approval: shape.approval.unwrap().describe('Whether somebody must say yes.'),
  ticket: shape.ticket.describe('Whether a request must name a ticket; optional unless said.'),
  ticketPattern: ticketPattern.optional().describe('Regular expression that the whole id of a ticket must match.'),
  justification: shape.justification.describe('Whether a request must say why; as the limits say unless said here.'),
  justificationMinimumCharacters: shape.justificationMinimumCharacters.describe('Least characters of a justification.'),
  breakGlass: shape.breakGlass.describe('Whether access may be had at once and reviewed afterwards; forbidden unless said.'),
  startNoEarlierThanMinutes: shape.startNoEarlierThanMinutes.describe('The start is at least so long after asking (minutes).'),
  startNoLaterThanDays: shape.startNoLaterThanDays.describe('The start is at most so long after asking (days).'),
};

/** Keys that a policy that denies must not have. */
export const ruleKeys: ReadonlySet<string> = new Set(Object.keys(rules));

const whatFor = ['permissionSets', 'permissionSetTags'] as const;
const validity = z.object({ validFrom: moment, validUntil: moment });
const start = z.object({ startNoEarlierThanMinutes: z.number(), startNoLaterThanDays: z.number() });

/** Runs a check between members as soon as these members are right by themselves, whatever else is wrong. */
const when = (members: z.ZodType) => ({ value }: { readonly value: unknown }): boolean => members.safeParse(value).success;

type Reach = z.infer<z.ZodObject<typeof reach>>;
const namesPermissionSets = [
  ({ permissionSets, permissionSetTags }: Reach): boolean => permissionSets !== undefined || permissionSetTags !== undefined,
  { error: `names no permission set: ${whatFor.join(', ')} or both` },
] satisfies Parameters<z.ZodObject<typeof reach>['refine']>;
const holdsForATime = [
  ({ validFrom = '', validUntil = '' }: Reach): boolean => Date.parse(validFrom) < Date.parse(validUntil),
  { path: ['validUntil'], error: 'is not after validFrom', when: when(validity) },
] satisfies Parameters<z.ZodObject<typeof reach>['refine']>;

const allowing = z
  .strictObject({ ...reach, effect: z.literal('allow').optional().describe('allow (also where it is left out) or deny.'), ...rules })
  .refine(...namesPermissionSets)
  .refine(...holdsForATime)
  .refine(({ startNoEarlierThanMinutes = 0, startNoLaterThanDays = 0 }) => startNoEarlierThanMinutes <= startNoLaterThanDays * 1_440, {
    path: ['startNoEarlierThanMinutes'],
    error: 'is later than startNoLaterThanDays: there is no start between them',
    when: when(start),
  });

const denying = z
  .strictObject({ ...reach, effect: z.literal('deny') })
  .refine(...namesPermissionSets)
  .refine(...holdsForATime);

/** Who may ask for what, or may never. */
export const eligibilityDocument = z.discriminatedUnion('effect', [allowing, denying], {
  error: ({ code }) => (code === 'invalid_union' ? 'is neither allow nor deny' : undefined),
});
export type EligibilityDocument = z.infer<typeof eligibilityDocument>;
