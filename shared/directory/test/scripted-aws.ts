import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';

/** What a test's AWS answers to one action: the output, or a `Failure`, or an `Error` for a request that never got an answer. */
export type Script = Record<string, (input: Record<string, unknown>) => unknown>;

/** An error as AWS sends it. */
export class Failure {
  readonly code: string;
  readonly status: number;
  readonly fields: object;

  constructor(code: string, status = 400, fields: object = {}) {
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** Real SDK clients whose requests end in `script`. `calls` has the actions asked for, in order; an action without script fails loudly. */
export function scriptedAws(script: Script) {
  const calls: string[] = [];
  const load = { now: 0, most: 0 };
  const requestHandler = {
    metadata: { handlerProtocol: 'h1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    async handle(request: { headers: Record<string, string>; body?: Uint8Array | string }) {
      const action = request.headers['x-amz-target']?.split('.').at(-1) ?? 'none';
      calls.push(action);
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      await new Promise((resolve) => setImmediate(resolve));
      load.now -= 1;
      const answer = script[action];
      if (answer === undefined) throw new TypeError(`the test has no script for ${action}`);
      return { response: toResponse(await answer(inputOf(request.body))) };
    },
  };
  const config = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler,
  };
  const clients = {
    identityStore: new IdentitystoreClient(config),
    organizations: new OrganizationsClient(config),
    ssoAdmin: new SSOAdminClient(config),
  };
  return { clients, calls, load, count: (action: string) => calls.filter((call) => call === action).length };
}

// Without members the SDK sends a string, otherwise bytes.
function inputOf(body: Uint8Array | string = '{}'): Record<string, unknown> {
  const input: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  return { ...(input instanceof Object && input) };
}

function toResponse(answer: unknown) {
  if (answer instanceof Error) throw answer;
  const failed = answer instanceof Failure;
  const body = failed ? { __type: answer.code, message: `scripted ${answer.code}`, ...answer.fields } : answer;
  return {
    statusCode: failed ? answer.status : 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** `items` as AWS pages them: `size` on a page and an empty page in between, which has a token all the same. */
export function paged<Item>(items: readonly Item[], key: string, size = 2) {
  return ({ NextToken }: Record<string, unknown>) => {
    const [kind, at] = typeof NextToken === 'string' ? NextToken.split(':') : ['empty', '0'];
    const start = Number(at);
    if (kind === 'empty') return { [key]: [], NextToken: `full:${start}` };
    const next = start + size < items.length ? { NextToken: `empty:${start + size}` } : {};
    return { [key]: items.slice(start, start + size), ...next };
  };
}
