import type { EmitterRegistration } from '@team/contracts';
import { resourceNames, type ServiceManifest } from '@team/runtime';
import type { PublishRight } from '../cloud/eventbridge/bus-policy.ts';
import type { Caller } from '../cloud/stand-in.ts';
import type { SigningKey } from '../identity/index.ts';

/** Prefix of every resource's name in the local deployment. */
export const prefix = 'team';
export const busName = 'team';
/** Archive of everything on the bus. */
export const archiveName = 'team';

/** Key that the local channel signs decisions with. Only the local run has it. */
export const localChannelKey = 'alias/team-local-channel';

/**
 * The channel through which a person plays the local run by hand. It authenticates nobody: whoever can reach 127.0.0.1
 * speaks as whom they like, so it exists in the local run only.
 */
export function localChannel(ownAccount: string): EmitterRegistration {
  return {
    name: 'local-channel',
    roleArn: `arn:aws:iam::${ownAccount}:role/team-local-channel`,
    source: 'team.local-channel',
    detailTypes: ['AccessRequested.v1', 'ApprovalDecisionSubmitted.v1', 'AccessRevocationRequested.v1'],
    mayAskFor: 'everyone',
    mayDecide: { keyId: localChannelKey },
  };
}

/** Name by which a service calls: its access key id in the local cloud. */
export const serviceCaller = (service: string): string => `team.${service}`;

/** Who is behind an access key id: a service, an emitter by its name, or `operator` who looks at things and redrives. */
export function createCallers(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[], ownAccount: string) {
  const callers = new Map<string, Caller>();
  const add = (name: string, roleArn: string): void => {
    callers.set(name, { name, roleArn, accountId: roleArn.split(':')[4] ?? ownAccount });
  };
  for (const { name } of manifests) add(serviceCaller(name), `arn:aws:iam::${ownAccount}:role/${prefix}-${name}`);
  for (const emitter of emitters) add(emitter.name, emitter.roleArn);
  add('operator', `arn:aws:iam::${ownAccount}:role/team-operator`);
  return (accessKeyId: string): Caller | undefined => callers.get(accessKeyId);
}

/** The bus policy: each service publishes its own facts under its own source, each emitter its registered intents; nobody else anything. */
export function busPolicy(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[]): PublishRight[] {
  return [
    ...manifests.map((manifest) => ({
      caller: serviceCaller(manifest.name),
      sources: [manifest.source],
      detailTypes: manifest.publishes.map((contract) => contract.detailType),
    })),
    ...emitters.map((emitter) => ({ caller: emitter.name, sources: [emitter.source], detailTypes: emitter.detailTypes })),
  ];
}

/** Signing keys, each for one signer alone. */
export function signingKeys(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[]): SigningKey[] {
  return [
    ...manifests.flatMap(({ name, signingKey }) =>
      signingKey === undefined ? [] : [{ alias: resourceNames.signingKeyAlias(prefix, signingKey), signers: [serviceCaller(name)] }],
    ),
    ...emitters.flatMap(({ name, mayDecide }) => (mayDecide === undefined ? [] : [{ alias: mayDecide.keyId, signers: [name] }])),
  ];
}
