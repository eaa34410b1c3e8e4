import * as z from 'zod';
import { accessRequestedV1 } from './intents/access-requested.v1.ts';
import { accessRevocationRequestedV1 } from './intents/access-revocation-requested.v1.ts';
import { emitterRegistration, policyId, type EmitterRegistration } from './policy.ts';
import { principals } from './primitives.ts';

/** What a machine may be let do: ask, read what it asked, end what it asked (the portal keeps it to that; services judge `mayRevoke`). It never decides, reviews, administers or breaks glass. */
export const machineCapabilities = ['ask', 'read', 'end'] as const;
export type MachineCapability = (typeof machineCapabilities)[number];

/** A program that calls the portal on its own account, with a token of the client-credentials grant. What is not stated is denied. */
export const machineClient = z.object({
  /** Unique, and part of the source of what it asks for. */
  name: policyId,
  /** As the issuer of tokens knows it. Of this client alone: nobody signs in through it. */
  clientId: z.string().min(1).max(256),
  /** For whom it may ask. Absent: for nobody. */
  subjects: emitterRegistration.shape.mayAskFor,
  /** Absent: nothing. */
  capabilities: z.array(z.enum(machineCapabilities)).max(machineCapabilities.length).optional(),
});
export type MachineClient = z.infer<typeof machineClient>;

/**
 * Where a browser is sent back to on the machine of who signs in with the command line (RFC 8252 §7.3). Without a port, any port of that machine
 * will do; many an issuer takes exactly what was registered with it, and then the port is said.
 */
export const loopbackRedirectUri = z.url({ error: 'an address of the machine itself: http://127.0.0.1/signed-in, or http://localhost:18043/signed-in' }).max(256).regex(/^http:\/\/(?:127\.0\.0\.1|localhost)(?::[1-9]\d{3,4})?\/[\w/-]*$/, 'it is http, on 127.0.0.1 or localhost, with a path, and with a port of four or five digits or none');

/** All of them that an issuer knows. Several ports, since one may be taken. */
export const loopbackRedirectUris = z.array(loopbackRedirectUri).min(1).max(10);

/** Who may do through the portal what not everybody may. Deploy-time configuration; what is not stated is denied. */
export const portalAccess = z
  .object({
    /** People who may ask for somebody else. Absent: nobody. */
    mayAskForOthers: principals.optional(),
    machineClients: z.array(machineClient).max(20).optional(),
  })
  .superRefine(({ machineClients = [] }, context) => {
    for (const key of ['name', 'clientId'] as const) {
      machineClients.forEach((client, place) => {
        if (machineClients.findIndex((one) => one[key] === client[key]) < place) context.addIssue({ code: 'custom', path: ['machineClients', place, key], message: `another machine client has the ${key} ${client[key]} already` });
      });
    }
  });
export type PortalAccess = z.infer<typeof portalAccess>;

/** The source of what a machine says: `team.portal.machine`, then its name, so that every judge tells machines apart as it tells emitters apart. */
export const machineSource = (name: string): string => `team.portal.machine.${name}`;

/** Everything that speaks through the portal, as every judge is told of it: its doors, with whom access lets ask for others, and machines. */
export function portalEmitters(doors: readonly EmitterRegistration[], access: PortalAccess = {}): readonly EmitterRegistration[] {
  const { mayAskForOthers, machineClients = [] } = access;
  const given = doors.map((door) => (door.mayAskForOthers === undefined || mayAskForOthers === undefined ? door : { ...door, mayAskForOthers }));
  return [...given, ...machineClients.flatMap((client) => machineEmitters(client, doors))];
}

/** A machine speaks through the doors that take people's words of the same kind, and is told from people by its source. */
function machineEmitters({ name, subjects, capabilities = [] }: MachineClient, doors: readonly EmitterRegistration[]): readonly EmitterRegistration[] {
  const through = (detailType: string, rights: Pick<EmitterRegistration, 'mayAskFor' | 'mayRevoke'>): EmitterRegistration[] =>
    doors.filter(({ detailTypes }) => detailTypes.includes(detailType)).map(({ roleArn }) => ({ name, roleArn, source: machineSource(name), detailTypes: [detailType], ...rights }));
  return [
    ...(capabilities.includes('ask') ? through(accessRequestedV1.detailType, subjects === undefined ? {} : { mayAskFor: subjects }) : []),
    ...(capabilities.includes('end') ? through(accessRevocationRequestedV1.detailType, { mayRevoke: true }) : []),
  ];
}
