import { catalog, portalEmitters as withMachines, type EmitterRegistration, type PortalAccess } from '@team/contracts';
import { emittersOf, resourceNames, type ServiceManifest } from '@team/runtime';
import type { Caller } from '../cloud/stand-in.ts';
import type { Organization } from '../identity/index.ts';

/** Prefix of every resource's name in the local deployment. */
export const prefix = 'team';
export const busName = 'team';
/** Physical name of a service's bucket. */
export const bucketName = (service: string, bucket: string, { DelegatedAdministratorAccountId }: Pick<Organization, 'DelegatedAdministratorAccountId'>): string =>
  resourceNames.bucket(prefix, service, bucket, DelegatedAdministratorAccountId);
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
    detailTypes: catalog.filter(({ kind }) => kind === 'intent').map(({ detailType }) => detailType),
    mayAskFor: 'everyone',
    mayDecide: { keyId: localChannelKey },
    mayBreakGlass: true,
  };
}

/** The portal's doors as emitters, as its manifest has them, and its machines. */
export const portalEmitters = (portal: ServiceManifest, ownAccount: string, access?: PortalAccess): readonly EmitterRegistration[] =>
  withMachines(emittersOf(portal, prefix, (name) => roleIn(ownAccount, functionNameOf(portal.name, name))), access);

/** Name by which a service calls: its access key id in the local cloud. */
export const serviceCaller = (service: string): string => `team.${service}`;

/** Name by which one function of a service calls, where each has a role of its own. */
export const functionCaller = (service: string, name: string): string => `${serviceCaller(service)}/${name}`;

/** As whom a function of the portal calls where functions have no roles: as the emitter that it is; another door, as the one for which it reads. */
export function portalCaller({ name: service, functions }: ServiceManifest, name: string): string {
  const { trigger, emits } = functions[name] ?? {};
  const door = trigger !== undefined && 'http' in trigger;
  return (emits ?? (door ? functions['api']?.emits : undefined))?.name ?? serviceCaller(service);
}

/** Who is behind an access key id that comes from outside: an emitter by its name, or `operator` who looks at things and redrives. */
export function outsideCallers(emitters: readonly EmitterRegistration[], ownAccount: string): ReadonlyMap<string, Caller> {
  const roles = [...emitters.map(({ name, roleArn }) => [name, roleArn] as const), ['operator', roleIn(ownAccount, 'team-operator')] as const];
  return new Map(roles.map(([name, roleArn]) => [name, callerOf(name, roleArn)]));
}

/**
 * Who calls inside: the deployment, which makes tables, queues and rules; each service as itself; and, where functions have roles,
 * each function in its own, under its service's name.
 */
export function insideCallers(manifests: readonly ServiceManifest[], ownAccount: string, roleOf?: (functionName: string) => string): ReadonlyMap<string, Caller> {
  const callers = new Map([['deployment', callerOf('deployment', roleIn(ownAccount, 'team-deployment'))]]);
  for (const { name, functions } of manifests) {
    const caller = serviceCaller(name);
    if (roleOf === undefined) callers.set(caller, callerOf(caller, roleIn(ownAccount, `${prefix}-${name}`)));
    else for (const one of Object.keys(functions)) callers.set(functionCaller(name, one), callerOf(caller, roleOf(functionNameOf(name, one))));
  }
  return callers;
}

/** Physical name of a function. */
export const functionNameOf = (service: string, name: string): string => `${prefix}-${service}-${name}`;

const roleIn = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const callerOf = (name: string, roleArn: string): Caller => ({ name, roleArn, accountId: roleArn.split(':')[4] ?? '' });
