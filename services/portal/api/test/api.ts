import type { MiddlewareHandler } from 'hono';
import type { MachineClient } from '@team/contracts';
import type { RequestView, SignedIn } from '../src/application/ports.ts';
import { createApi, type ApiPorts } from '../src/http/create-api.ts';
import { createDecide } from '../src/http/create-decide.ts';
import { createPolicies } from '../src/http/create-policies.ts';
import { front } from '../src/http/front.ts';
import type { PortalEnv } from '../src/http/portal-env.ts';
import { problemAnswer } from '../src/http/problem.ts';
import { dora, fakePeople, now } from './people.ts';
import { fakeViews } from './requests.ts';
import { fakeIntents, fakePlaces, fakeServices, fakeSigner } from './services.ts';

export const origin = 'https://team.acme.example';

/** Whoever calls says so. */
const authenticateAs =
  (people: readonly SignedIn[], machines: readonly MachineClient[]): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const machine = machines.find(({ name }) => name === c.req.header('x-machine'));
    if (machine !== undefined) {
      c.set('machine', machine);
      return next();
    }
    const person = people.find(({ userId }) => userId === c.req.header('x-person'));
    if (person === undefined) return problemAnswer(c, 401, { code: 'ERR_NOT_SIGNED_IN', detail: 'Sign in.' });
    c.set('person', person);
    return next();
  };

export interface Call {
  readonly as?: SignedIn | MachineClient;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Both functions of the API over ports in memory, told apart by path as on AWS. */
export function startApi(views: readonly RequestView[], people: readonly SignedIn[], { machines = [], ...more }: Partial<ApiPorts> & { readonly machines?: readonly MachineClient[] } = {}) {
  const logged: { readonly message: string; readonly facts: Readonly<Record<string, unknown>> }[] = [];
  const note = (message: string, facts: Readonly<Record<string, unknown>>): void => void logged.push({ message, facts });
  const intents = fakeIntents();
  const sources: string[] = [];
  const signer = fakeSigner();
  let drawn = 0;
  const ports: ApiPorts = {
    people: fakePeople(),
    views: fakeViews(views),
    services: fakeServices(),
    places: fakePlaces(),
    intents,
    intentsAs: (source) => ({ put: async (contract, requestId, data) => (sources.push(source), intents.put(contract, requestId, data)) }),
    findUser: async (reference) => people.map((person) => ({ id: person.userId, userName: person.userName, enabled: person !== dora })).find(({ id, userName }) => id === reference || userName === reference),
    mayAskForOthers: { groupIds: [], userIds: [] },
    outOfReach: [],
    ownAccount: '999988887777',
    emitters: [],
    configuration: { issuer: 'https://id.acme.example', clientId: 'team-cli' },
    now: () => now,
    newId: () => `018f6b7a-0000-7000-9000-${String((drawn += 1)).padStart(12, '0')}`,
    ...more,
  };
  const options = { authenticate: authenticateAs(people, machines), log: { warn: note, error: note } };
  const api = createApi(ports, options);
  const decide = createDecide({ ...ports, signer }, options);
  const policies = createPolicies(ports, options);
  const door = front({ api: api.fetch, decide: decide.fetch, policies: policies.fetch, signIn: () => new Response(undefined, { status: 501 }) });
  const served = { api: servedBy(api), decide: servedBy(decide), policies: servedBy(policies) };
  return {
    logged,
    intents,
    /** Of what machines said. */
    sources,
    signer,
    /** What is answered by which of them: `post /v1/requests/{id}/end`. */
    served,
    /** Sends a call; a body is sent as JSON, unless it is text. */
    async call(path: string, { as, method, body, headers = {} }: Call = {}): Promise<Response> {
      const sent = new Request(`${origin}${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(as === undefined ? {} : 'clientId' in as ? { 'x-machine': as.name } : { 'x-person': as.userId }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return door(sent);
    },
  };
}

function servedBy({ routes }: { readonly routes: readonly { readonly method: string; readonly path: string }[] }): readonly string[] {
  return [...new Set(routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`])))];
}
