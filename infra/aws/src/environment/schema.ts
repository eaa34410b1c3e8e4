import { catalog, emitterRegistration, principals } from '@team/contracts';
import { athenaActivity, collectAfterMinutes, lakeActivity, lookupActivity } from '@team/runtime';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as z from 'zod';
import { portal, portalProblems } from './portal.ts';
import { siemProblems, siemSink } from './siem.ts';

const accountId = z.string().regex(/^\d{12}$/, 'an account id has twelve digits; put it in quotes');
const roleArn = z
  .string()
  .regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'an IAM role is named by its ARN: arn:aws:iam::<account>:role/<name>');

/** What emitters may say: facts are the services' own. */
const intents = catalog.filter(({ kind }) => kind === 'intent').map(({ detailType }) => detailType);
const intent = z.string().refine((type) => intents.includes(type), `an emitter may send ${intents.join(', ')}`);

/** For whom a system may ask. Of a union, zod would say no more than that the input is invalid. */
const mayAskFor = z
  .union([z.literal('everyone'), principals], 'allowed are everyone, or lists of ids, { groupIds: [<group>], userIds: [<user>] }, either of which may be empty; left out, it may ask for nobody')
  .optional();

/**
 * Regions of AWS's usual partition that the CDK knows. In others ARNs, names of services and what `kms:ViaService` says differ
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html), and no policy here is written for them. A misspelled one would close
 * every Region to the account.
 */
const regions = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);
const region = z
  .string()
  .refine((one) => regions.includes(one), `a Region is written like eu-central-1, and those of China, GovCloud and other partitions are not supported: names and ARNs differ there; known are ${regions.join(', ')}`);

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html: 50 of a resource, of which some are left to the CDK and to AWS. */
const maximumTags = 40;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tags = z
  .record(
    z.string().min(1).max(128).regex(tagText, 'a tag has letters, digits, spaces and _.:/=+-@'),
    z.string().max(256).regex(tagText, 'a tag has letters, digits, spaces and _.:/=+-@'),
  )
  .refine((of) => Object.keys(of).length <= maximumTags, `at most ${maximumTags} tags`)
  .refine((of) => !Object.keys(of).some((key) => /^aws:/i.test(key) || key === 'Application' || key === 'Environment'), 'tags that begin with aws: are AWS’s; Application and Environment are given already');

/** Policies name keys by their ARNs alone: https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html */
const keyArn = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** Where Athena reads the trail on the function's behalf. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html */
const trail = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the bucket’s name, without s3://'),
  prefix: z.string().regex(/^([\w!.'()-]+\/)+$/, 'the folder of the organization’s log files, with a slash at the end: AWSLogs/o-exampleorg1/'),
  /** Key that the trail encrypts its files with. */
  keyArn: z.string().regex(keyArn, 'a key is named by its ARN, arn:aws:kms:<region>:<account>:key/<id>').optional(),
});
const collecting = { collectAfterMinutes: collectAfterMinutes.default([15, 360, 1_440]) };
/** Where the activity of sessions is read from, and how many minutes after the last credentials ended. */
const activity = z
  .discriminatedUnion('source', [
    athenaActivity.extend({ trail, ...collecting }),
    lakeActivity.extend(collecting),
    lookupActivity.extend(collecting),
    z.strictObject({ source: z.literal('none') }),
  ])
  .default({ source: 'none' });

/** Days for which CloudWatch keeps logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
const logsDays = z.literal(logRetentions, `allowed are ${logRetentions.join(', ')}`);

/** One deployment, as its file in `environments/` says. Unknown fields are refused: a misspelled one would be silently without effect. */
export const environmentSchema = z
  .strictObject({
    /** Part of every physical name. */
    name: z.string().regex(/^[a-z](?:[a-z0-9-]{0,14}[a-z0-9])?$/, 'a name has 1 to 16 small letters, digits and hyphens, begins with a letter and ends with no hyphen'),
    region,
    accounts: z.strictObject({ team: accountId, management: accountId, protected: z.array(accountId).max(100).default([]) }),
    organizationId: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'an organization id is written like o-exampleorg1'),
    identityCenter: z.strictObject({
      instanceArn: z.string().regex(/^arn:aws:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, 'an instance is written like arn:aws:sso:::instance/ssoins-1234567890abcdef'),
      identityStoreId: z.string().regex(/^d-[0-9a-f]{10}$/, 'an identity store id is written like d-1234567890'),
    }),
    roles: z.strictObject({ deploy: roleArn, breakGlass: roleArn, operators: z.array(roleArn).max(10).default([]) }),
    emitters: z.array(emitterRegistration.extend({ roleArn, detailTypes: z.array(intent).min(1).max(20), mayAskFor }).strict()).max(50).default([]),
    alarms: z.strictObject({ emails: z.array(z.email()).min(1, 'at least one address, or nobody is told of anything').max(20) }),
    quotas: z
      .strictObject({ outstandingOperations: z.int().min(1).max(10), callsPerSecond: z.int().min(1).max(20) })
      .default({ outstandingOperations: 10, callsPerSecond: 15 }),
    reconciliation: z
      .strictObject({ checkEveryMinutes: z.int().min(1).max(1440), recreateMissing: z.boolean() })
      .default({ checkEveryMinutes: 15, recreateMissing: false }),
    activity,
    /** How long nobody removes what the audit archives, once and for all: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
    retention: z
      .strictObject({ logsDays, eventsDays: z.int().min(1).max(3653), archiveDays: z.int().min(1).max(36_500).default(2557) })
      .default({ logsDays: 365, eventsDays: 365, archiveDays: 2557 }),
    /** Whether X-Ray records invocations. Lambda takes one a second and one in twenty beyond, which nobody can set: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
    tracing: z.boolean().default(true),
    /** Where what is recorded is delivered to; by default nowhere. */
    siem: z.array(siemSink).max(5).default([]),
    /** Where people come in: API, web application, sign-in. Without it there is none. */
    portal: portal.optional(),
    tags: tags.default({}),
  })
  .superRefine((environment, context) => {
    const refuse = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const { accounts, emitters, name: deployment, roles } = environment;
    if (accounts.team === accounts.management) {
      refuse(['accounts', 'team'], 'TEAM runs in the delegated administrator account for IAM Identity Center, never in the management account');
    }
    const named = [['deploy', roles.deploy], ['breakGlass', roles.breakGlass], ...roles.operators.map((role, i) => [`operators.${i}`, role] as const)] as const;
    for (const [field, role] of named) {
      const path = ['roles', ...field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
      if (accountOf(role) !== accounts.team) refuse(path, `this role must be one of account ${accounts.team}: arn:aws:iam::${accounts.team}:role/<name>`);
      if (isMade(role, accounts.team, deployment)) refuse(path, 'roles of TEAM’s functions and of the bootstrap are made by deploying; name one of people');
    }
    if (roles.deploy === roles.breakGlass) refuse(['roles', 'breakGlass'], 'who deploys assigns nothing: break glass is another role than deploy');
    for (const { path, message } of environment.portal === undefined ? [] : portalProblems(environment.portal, environment.region)) refuse(path, message);
    for (const { path, message } of siemProblems(environment.siem, environment.region)) refuse(path, message);
    emitters.forEach(({ name, source, roleArn: role, mayDecide }, i) => {
      if (isMade(role, accounts.team, deployment)) refuse(['emitters', i, 'roleArn'], 'roles of TEAM’s functions and of the bootstrap send no intents');
      if (mayDecide !== undefined && !keyArn.test(mayDecide.keyId)) {
        refuse(['emitters', i, 'mayDecide', 'keyId'], 'a channel’s key is named by its ARN, arn:aws:kms:<region>:<account>:key/<id>: rights to an alias are rights to no key');
      } else if (mayDecide !== undefined && mayDecide.keyId.split(':')[3] !== environment.region) {
        refuse(['emitters', i, 'mayDecide', 'keyId'], `a channel’s key is one of ${environment.region}: KMS answers for its own Region alone`);
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

/** Whether a role is one that deploying or the CDK's bootstrap makes. */
const isMade = (role: string, team: string, deployment: string): boolean => accountOf(role) === team && [`:role/team-${deployment}-`, ':role/cdk-'].some((made) => role.includes(made));
