import type { MachineClient } from '@team/contracts';
import { createWorld, type World } from '../../infra/local/src/play/world.ts';
import { front } from '@team/portal/compose';
import { openIssuer, type Issuer } from '../../services/portal/test/sign-in/issuer.ts';
import { organization, policies } from '../journeys/fixture.ts';

export const audience = 'team';
export const webClient = 'team-portal';
/** Of the portal, as browsers name it. */
export const origin = 'https://team.acme.example';

export const wren = 'wren.kowalski@acme.example'; // Developers
export const zoe = 'zoe.haddad@acme.example'; // Developers
export const emeka = 'emeka.eriksen@acme.example'; // Production Leads
export const fatima = 'fatima.lindqvist@acme.example'; // Production Leads
export const goro = 'goro.garcia@acme.example'; // Production Leads
export const chidi = 'chidi.oconnor@acme.example'; // TEAM Auditors
export const ana = 'ana.alvarez@acme.example'; // TEAM Admins
export const ines = 'ines.lindqvist34@acme.example'; // Security Response
export const keiko = 'keiko.bianchi36@acme.example'; // Contractors

export const prodPayments = '836423630756';
export const devPayments = '248972909258';

const groupId = (name: string): string => {
  const group = organization.Groups.find(({ DisplayName }) => DisplayName === name);
  if (group === undefined) throw new Error(`there is no group ${name}`);
  return group.GroupId;
};
/** Programs that call on their own account: one that may all that any may, for developers; one of which nothing is said. */
export const nightly: MachineClient = { name: 'nightly', clientId: 'client-of-nightly', subjects: { groupIds: [groupId('Developers')], userIds: [] }, capabilities: ['ask', 'read', 'end'] };
export const idle: MachineClient = { name: 'idle', clientId: 'client-of-idle' };

export interface Sent {
  readonly method?: string;
  /** Sent as JSON, unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Claims of the token that are other. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of a JSON document; of anything else nothing. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The portal as it is composed, in virtual time, with an issuer of its own: nothing happens unless time is let pass. */
export interface Doors {
  readonly world: World;
  readonly issuer: Issuer;
  /** Calls the API, each function by its paths, as who has this user name, with a good token. */
  as(userName: string, path: string, sent?: Sent): Promise<Answered>;
  /** The same as a program, with a good token of its own. */
  asMachine(machine: MachineClient, path: string, sent?: Sent): Promise<Answered>;
  /** Calls it with these headers alone. */
  send(path: string, sent?: Sent): Promise<Answered>;
  /** Asks in somebody's name and waits until it was judged and everybody who reads knows of it; gives the request's id. */
  asked(userName: string, body: object, until?: string): Promise<string>;
  /** Lets time pass until what happened can be read. */
  settled(): Promise<void>;
  groupId(name: string): string;
  close(): Promise<void>;
}

/** @param mayAskForOthers people who may, by user name */
export async function openDoors({ mayAskForOthers = [] }: { readonly mayAskForOthers?: readonly string[] } = {}): Promise<Doors> {
  const clock = { now: (): number => Date.parse('2026-03-02T09:00:00.000Z') };
  const issuer = await openIssuer({ audience, now: () => clock.now() });
  const signIn = { origin, issuer: issuer.url, jwksUri: issuer.jwksUri, audience, client: { id: webClient, secret: 'secret' }, commandLine: { id: 'team-cli' } };
  const userIds = organization.Users.filter(({ UserName }) => mayAskForOthers.includes(UserName)).map(({ UserId }) => UserId);
  const access = { mayAskForOthers: { groupIds: [], userIds }, machineClients: [nightly, idle] };
  const world = await createWorld({ organization, policies: { ...policies, portal: access }, startAt: '2026-03-02T09:00:00.000Z', seed: 11, more: { portal: signIn } });
  clock.now = world.now;
  const { portal } = world.system;
  if (portal === undefined) throw new Error('there is no portal');
  const answerBy = front(portal);

  const send: Doors['send'] = async (path, { method, body, headers } = {}) => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const given = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await answerBy(new Request(`${origin}${path}`, { method: verb, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...given }));
    const text = await answer.text();
    const parsed: unknown = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, text, body: typeof parsed === 'object' && parsed !== null ? { ...parsed } : {} };
  };
  const as: Doors['as'] = async (userName, path, { claims, headers, ...sent } = {}) => send(path, { ...sent, headers: { authorization: `Bearer ${await issuer.token(userName, claims)}`, ...headers } });
  const asMachine: Doors['asMachine'] = async ({ clientId }, path, { claims, headers, ...sent } = {}) => send(path, { ...sent, headers: { authorization: `Bearer ${await issuer.machineToken(clientId, claims)}`, ...headers } });
  // A queue is read within a second.
  const settled = (): Promise<void> => world.pass(0.1);

  return {
    world,
    issuer,
    as,
    asMachine,
    send,
    settled,
    async asked(userName, body, until = 'ApprovalRequested.v1') {
      const { status, body: taken, text } = await as(userName, '/v1/requests', { body });
      if (status !== 202) throw new Error(`${userName} could not ask: ${text}`);
      const requestId = String(taken['requestId']);
      await world.until(until, requestId);
      await settled();
      return requestId;
    },
    groupId,
    close: () => issuer.close(),
  };
}

/** What somebody asks for, in the words of the API. */
export function askFor({ world }: Pick<Doors, 'world'>, accountId: string, permissionSet: string, more: object = {}): object {
  return { targets: [{ accountId, permissionSetArn: world.permissionSet(permissionSet).PermissionSetArn }], durationMinutes: 60, justification: 'rotate a leaked key', ...more };
}
