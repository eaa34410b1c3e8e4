import * as z from 'zod';
import { https, keyArn, secretArn } from './values.ts';

/** Ends names of stack, bucket, queue, rule and roles; with the longest deployment's name a bucket's still fits (63 characters). */
const name = z.string().regex(/^[a-z](?:[a-z0-9-]{0,8}[a-z0-9])?$/, 'a name has 1 to 10 small letters, digits and hyphens, begins with a letter and ends with no hyphen');
const roleArn = z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'an IAM role is named by its ARN: arn:aws:iam::<account>:role/<name>');
/** Days for which what lies in a bucket is kept. */
const keptDays = z.int().min(1).max(3_653);
/** Holds what is presented to the receiver; `secretKeyArn` where it is encrypted with a key of yours. */
const secret = { secretArn, secretKeyArn: keyArn.optional() };

/** One place to which what is recorded is delivered, in OCSF. Each is a stack of its own. */
export const siemSink = z.discriminatedUnion(
  'kind',
  [
    /** Objects of JSON lines in a bucket of its own. `readers` may read them, also from other accounts. */
    z.strictObject({ kind: z.literal('firehose-s3'), name, keptDays: keptDays.default(400), readers: z.array(roleArn).max(20).default([]) }),
    /** HTTP Event Collector of Splunk; what it does not take lies in a bucket of its own. */
    z.strictObject({ kind: z.literal('firehose-splunk'), name, endpoint: https, ...secret, keptDays: keptDays.default(90), readers: z.array(roleArn).max(20).default([]) }),
    /** Any HTTPS endpoint, by POST, one event a call, with a header that the secret's `apiKey` fills. */
    z.strictObject({
      kind: z.literal('api-destination'),
      name,
      endpoint: https,
      headerName: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'a header’s name has letters, digits and hyphens'),
      ...secret,
      callsPerSecond: z.int().min(1).max(300).default(50),
    }),
  ],
  { error: 'a place has a kind: firehose-s3, firehose-splunk or api-destination' },
);
export type SiemSink = z.infer<typeof siemSink>;
export type SinkOf<Kind extends SiemSink['kind']> = Extract<SiemSink, { kind: Kind }>;

/** What is wrong with them together, each with its path. */
export function siemProblems(sinks: readonly SiemSink[], region: string): { readonly path: (string | number)[]; readonly message: string }[] {
  return sinks.flatMap((sink, i) => [
    ...(sinks.findIndex((one) => one.name === sink.name) < i ? [{ path: ['siem', i, 'name'], message: 'another place has this name; each has its own' }] : []),
    ...(['secretArn', 'secretKeyArn'] as const).flatMap((field) => {
      const arn = field in sink ? (sink as Readonly<Record<string, unknown>>)[field] : undefined;
      return typeof arn === 'string' && arn.split(':')[3] !== region ? [{ path: ['siem', i, field], message: `it must be one of ${region}: a secret is read in its own Region alone` }] : [];
    }),
  ]);
}
