import { accountOf, type Environment } from '../environment/schema.ts';
import { LimitError } from '../limits.ts';
import type { Names } from '../names.ts';
import { emittersIn, spokenBy } from './emitters.ts';

/** A policy document as JSON. */
export interface Document {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | { readonly AWS: string | readonly string[] } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html: most characters of a bus's policy. */
export const maximumBusPolicy = 10_240;

/**
 * Who may put what on the bus. Nobody speaks under a service's source but its own functions that publish, nobody under an emitter's but
 * its role, and nobody else at all; whose rights come from elsewhere is denied, not only left without. Facts stay bound to their publishers by
 * the identity policies of their functions, which name each detail-type. The reference has `events:source` and `events:detail-type` as lists
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html). Whether PutEvents gives one value each
 * or those of a whole batch, every entry counts: an Allow asks it of all values, a Deny of any. Throws where it grows beyond what AWS takes.
 */
export function busPolicy(environment: Environment, names: Names): Document {
  const { accounts } = environment;
  const emitters = emittersIn(environment, names);
  const publishing = names.manifests.filter(({ publishes }) => publishes.length > 0);
  const resource = names.busArn;
  const put = { Action: 'events:PutEvents', Resource: resource } as const;
  const services = publishing.map((manifest): Statement => ({
    Sid: `Only${capital(manifest.name)}`,
    Effect: 'Deny',
    Principal: '*',
    ...put,
    Condition: { 'ForAnyValue:StringEquals': { 'events:source': manifest.source }, ArnNotEquals: { 'aws:PrincipalArn': rolesThatPublish(manifest.name, names) } },
  }));
  // A machine of the portal speaks under one source through both its doors.
  const bySource = Map.groupBy(emitters, ({ source }) => source);
  const owned = [...bySource].map(([source, of], i): Statement => ({
    Sid: `Only${i}`,
    Effect: 'Deny',
    Principal: '*',
    ...put,
    Condition: { 'ForAnyValue:StringEquals': { 'events:source': source }, ArnNotEquals: { 'aws:PrincipalArn': oneOrMore(of.map(({ roleArn }) => roleArn)) } },
  }));
  // What a function of the deployment may say, its own policy allows; here it is only bounded.
  const functions = new Set(names.manifests.flatMap(({ name, functions: own }) => Object.keys(own).map((one) => names.roleArn(name, one))));
  const outsiders = emitters.filter(({ roleArn }) => !functions.has(roleArn));
  const allowed = outsiders.map(({ roleArn, source, detailTypes }, i): Statement => ({
    Sid: `Emitter${i}`,
    Effect: 'Allow',
    // The account, not the role: a role's ARN here becomes its id, and a role that is made anew would be locked out.
    Principal: { AWS: `arn:aws:iam::${accountOf(roleArn)}:root` },
    ...put,
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn }, ...everyEntry(source, detailTypes) },
  }));
  const known = [...new Set([...publishing.map(({ source }) => source), ...emitters.map(({ source }) => source)])];
  const rest: Statement = {
    Sid: 'NobodyElse',
    Effect: 'Deny',
    Principal: '*',
    ...put,
    Condition: { 'ForAnyValue:StringNotEquals': { 'events:source': known } },
  };
  // Emitters of TEAM's own account might have rights by an identity policy of theirs, which the bus's Allow does not bound.
  const inside = [...new Set(emitters.flatMap(({ roleArn }) => (accountOf(roleArn) === accounts.team ? [roleArn] : [])))];
  const intents = inside.map((roleArn, i): Statement => ({
    Sid: `Intents${i}`,
    Effect: 'Deny',
    Principal: '*',
    ...put,
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn }, 'ForAnyValue:StringNotEquals': { 'events:detail-type': spokenBy(roleArn, emitters).detailTypes } },
  }));
  const document: Document = { Version: '2012-10-17', Statement: [...services, ...owned, ...allowed, ...intents, rest] };
  const length = JSON.stringify(document).length;
  if (length > maximumBusPolicy) {
    throw new LimitError(`the bus policy has ${length} characters with ${emitters.length} emitters; EventBridge takes ${maximumBusPolicy}. Let systems share a role and a source, or put a relay before the bus`);
  }
  return document;
}

/** Every entry has this source and one of these detail-types. What an empty list would hold for holds for nothing: both must be there. */
export const everyEntry = (source: string | readonly string[], detailTypes: readonly string[]) => ({
  'ForAllValues:StringEquals': { 'events:source': typeof source === 'string' ? source : oneOrMore(source), 'events:detail-type': [...detailTypes] },
  Null: { 'events:source': 'false', 'events:detail-type': 'false' },
});

/** Roles whose functions publish facts of a service. */
export function rolesThatPublish(service: string, names: Names): string[] {
  const manifest = names.manifests.find(({ name }) => name === service);
  return Object.entries(manifest?.functions ?? {}).flatMap(([name, { actions }]) => (actions.includes('events:PutEvents') ? [names.roleArn(service, name)] : []));
}

/** A policy's list of one is that one. */
const oneOrMore = (values: readonly string[]): string | string[] => (values.length === 1 && values[0] !== undefined ? values[0] : [...new Set(values)]);
const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
