import { emitterRegistration } from '@team/contracts';
import * as z from 'zod';

const accountId = z.string().regex(/^\d{12}$/, 'an account id has twelve digits; put it in quotes');
const roleArn = z
  .string()
  .regex(/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'an IAM role is named by its ARN: arn:aws:iam::<account>:role/<name>');

/** Policies name keys by their ARNs alone: https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html */
const keyArn = /^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** Days for which CloudWatch keeps logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
const logsDays = z.literal(logRetentions, `allowed are ${logRetentions.join(', ')}`);

/** One deployment, as its file in `environments/` says. Unknown fields are refused: a misspelled one would be silently without effect. */
export const environmentSchema = z
  .strictObject({
    /** Part of every physical name. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, 'a name has 1 to 16 small letters, digits and hyphens, and begins with a letter'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region is written like eu-central-1'),
    accounts: z.strictObject({ team: accountId, management: accountId, protected: z.array(accountId).max(100).default([]) }),
    organizationId: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'an organization id is written like o-exampleorg1'),
    identityCenter: z.strictObject({
      instanceArn: z.string().regex(/^arn:aws(-[a-z]+)*:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, 'an instance is written like arn:aws:sso:::instance/ssoins-1234567890abcdef'),
      identityStoreId: z.string().regex(/^d-[0-9a-f]{10}$/, 'an identity store id is written like d-1234567890'),
    }),
    roles: z.strictObject({ deploy: roleArn, breakGlass: roleArn, operators: z.array(roleArn).max(10).default([]) }),
    emitters: z.array(emitterRegistration.strict()).max(50).default([]),
    alarms: z.strictObject({ emails: z.array(z.email()).max(20).default([]) }),
    quotas: z
      .strictObject({ outstandingOperations: z.int().min(1).max(10), callsPerSecond: z.int().min(1).max(20) })
      .default({ outstandingOperations: 10, callsPerSecond: 15 }),
    reconciliation: z
      .strictObject({ checkEveryMinutes: z.int().min(1).max(1440), recreateMissing: z.boolean() })
      .default({ checkEveryMinutes: 15, recreateMissing: false }),
    retention: z.strictObject({ logsDays, eventsDays: z.int().min(1).max(3653) }).default({ logsDays: 365, eventsDays: 365 }),
    /** Whether X-Ray records invocations. Lambda takes one a second and one in twenty beyond, which nobody can set: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
    tracing: z.boolean().default(true),
    tags: z.record(z.string().regex(/^[\w+=.@:/ -]{1,128}$/), z.string().max(256)).default({}),
  })
  .superRefine((environment, context) => {
    const refuse = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const { accounts, emitters, roles } = environment;
    if (accounts.team === accounts.management) {
      refuse(['accounts', 'team'], 'TEAM runs in the delegated administrator account for IAM Identity Center, never in the management account');
    }
    for (const role of ['deploy', 'breakGlass'] as const) {
      if (accountOf(roles[role]) !== accounts.team) refuse(['roles', role], `this role must be one of account ${accounts.team}`);
    }
    emitters.forEach(({ name, source, roleArn: role, mayDecide }, i) => {
      if (mayDecide !== undefined && !keyArn.test(mayDecide.keyId)) {
        refuse(['emitters', i, 'mayDecide', 'keyId'], 'a channel’s key is named by its ARN, arn:aws:kms:<region>:<account>:key/<id>: rights to an alias are rights to no key');
      }
      if (source.startsWith('team.') || source.startsWith('aws.')) refuse(['emitters', i, 'source'], 'sources that begin with team. or aws. are taken');
      const twins = [
        ['name', emitters.findIndex((one) => one.name === name)],
        ['source', emitters.findIndex((one) => one.source === source)],
        ['roleArn', emitters.findIndex((one) => one.roleArn === role)],
      ] as const;
      for (const [field, first] of twins) if (first < i) refuse(['emitters', i, field], `emitter ${first + 1} has the same; each has its own`);
    });
  });
export type Environment = z.infer<typeof environmentSchema>;

/** Account of an ARN. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
