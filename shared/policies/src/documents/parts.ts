import * as z from 'zod';

/** A name or an id. YAML reads an unquoted account id as a number and drops its leading zeros. */
export const text = z
  .string({ error: ({ input }) => (typeof input === 'number' || typeof input === 'boolean' ? `is a ${typeof input}; write it in quotes` : undefined) })
  .min(1);
export const names = z.array(text);

/** Groups by display name or id, users by user name (in any case) or id. */
export const principals = z
  .strictObject({
    groups: names.optional().describe('Groups of IAM Identity Center, by display name or id.'),
    users: names.optional().describe('Users of IAM Identity Center, by user name (in any case) or id.'),
  })
  .refine(({ groups = [], users = [] }) => groups.length + users.length > 0, 'names no group and no user')
  .meta({ id: 'People' });
export type PrincipalNames = z.infer<typeof principals>;

const tagsPerPolicy = 20;
const valuesPerTag = 20;

/**
 * What bears any of these tags: `Environment: [prod, staging]` with one of these values, `Owner: any` whatever its value.
 * Case counts in keys and values.
 */
export const tags = z
  .record(
    z.string().min(1).max(128),
    z.union([z.literal('any'), z.array(z.string().max(256)).min(1, 'names no value; the word any stands for whatever value').max(valuesPerTag)], {
      error: ({ input }) =>
        Array.isArray(input) ? 'is no list of texts; write numbers in quotes' : 'is neither a list of values nor the word any',
    }),
  )
  .refine((given) => Object.keys(given).length > 0, 'names no tag')
  .refine((given) => Object.keys(given).length <= tagsPerPolicy, `names more than ${tagsPerPolicy} tags`)
  .meta({ id: 'Tags', description: 'Any of these tags: a list of values, or the word any. Case counts.' });
export type TagNames = z.infer<typeof tags>;

const where = {
  accounts: names.optional().describe('Accounts, by name or id.'),
  organizationalUnits: names.optional().describe('Units, by path from the root (Workloads/Prod; / is the root) or id. Every account below counts.'),
};

/** Where approver policies and bundles apply, which know no tags: any of these. */
export const places = z
  .strictObject(where)
  .refine(({ accounts = [], organizationalUnits = [] }) => accounts.length + organizationalUnits.length > 0, 'names no account and no organizational unit')
  .meta({ id: 'Places' });

export type PlaceNames = z.infer<typeof places>;

/** Where an eligibility policy applies: any of these. */
export const targets = z
  .strictObject({ ...where, accountTags: tags.optional() })
  .refine(
    ({ accounts = [], organizationalUnits = [], accountTags }) => accounts.length + organizationalUnits.length > 0 || accountTags !== undefined,
    'names no account and no organizational unit and no tag',
  )
  .meta({ id: 'Targets' });
export type TargetNames = z.infer<typeof targets>;

/** A moment in UTC or with its distance from it: `2026-04-01T00:00:00+02:00`. */
export const moment = z.iso.datetime({ offset: true, error: 'is no moment like 2026-03-31T22:00:00Z or 2026-04-01T00:00:00+02:00' });
