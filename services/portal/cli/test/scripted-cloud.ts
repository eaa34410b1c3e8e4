import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { connect } from '../src/cloud/connection.ts';
import { run } from '../src/program.ts';
import { thisMachine } from '../src/signed-in/this-machine.ts';
import { storeOf } from './scripted-portal.ts';

/** What a test's cloud answers to one action: the output, a `ServiceError`, or any other error for a call that gets no answer. */
export type Script = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** An error as an AWS service sends it. */
export class ServiceError {
  readonly code: string;
  readonly message: string;
  readonly status: number;

  constructor(code: string, message = `scripted ${code}`, status = 400) {
    this.code = code;
    this.message = message;
    this.status = status;
  }
}

/** What a function answers that threw. */
export class FunctionError {
  readonly answer: object;

  constructor(errorType: string, errorMessage: string) {
    this.answer = { errorType, errorMessage };
  }
}

export interface Call {
  readonly action: string;
  readonly caller: string;
  readonly input: Record<string, unknown>;
}

export const ownAccount = '111122223333';

/** The cloud that commands of a test meet; `audit` is the audit service's function. The bus is there unless `script` says otherwise. Pauses are noted and over at once. */
export function scriptedCloud(script: Script, date?: string) {
  const calls: Call[] = [];
  const pauses: number[] = [];
  const answers: Script = {
    DescribeEventBus: () => ({ Name: 'team', Arn: `arn:aws:events:eu-central-1:${ownAccount}:event-bus/team` }),
    PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'any' }] }),
    ...script,
  };
  const requestHandler = {
    metadata: { handlerProtocol: 'h1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    async handle(request: { headers: Record<string, string>; path: string; body?: unknown }) {
      const described = /functions\/([^/]+)\/configuration$/.exec(request.path)?.[1];
      const action = described === undefined ? actionOf(request) : 'GetFunctionConfiguration';
      const caller = /Credential=([^/]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? 'nobody';
      const input = described === undefined ? inputOf(request.body) : { FunctionName: described };
      calls.push({ action, caller, input });
      const answer = answers[action];
      if (answer === undefined) throw new TypeError(`the test has no script for ${action}`);
      return { response: responseOf(await answer(input), date) };
    },
  };

  /** Runs `team` with these arguments against this cloud. */
  async function team(...argv: string[]) {
    const said: string[] = [];
    const remarks: string[] = [];
    const code = await run(argv, {
      output: { say: (text) => said.push(text), remark: (text) => remarks.push(text) },
      signal: new AbortController().signal,
      connect: (place, target) => connect(place, target, requestHandler),
      pause: async (ms) => void pauses.push(ms),
      machine: { ...thisMachine(new AbortController().signal), signIns: storeOf(undefined) },
    });
    return { code, said, remarks };
  }

  return { team, calls, pauses, inputsOf: (action: string) => calls.filter((call) => call.action === action).map(({ input }) => input) };
}

/** The audit service over these events, which may grow: pages of three for a request's, all at once otherwise. */
export function auditOver(events: readonly RecordedEvent[]) {
  return ({ requestId, after = '0' }: { requestId?: string; after?: string }) => {
    const all = events.filter(({ chain }) => requestId === undefined || chain === `request#${requestId}`);
    const page = all.slice(Number(after), Number(after) + (requestId === undefined ? 200 : 3));
    return { events: page, next: String(Number(after) + page.length) };
  };
}

function actionOf({ path, headers, body }: { path: string; headers: Record<string, string>; body?: unknown }): string {
  const asked = /functions\/[\w-]+-(audit|request|approval)-query\//.exec(path)?.[1];
  if (asked !== undefined) return asked;
  // STS speaks the older query protocol.
  const queried = typeof body === 'string' ? new URLSearchParams(body).get('Action') : null;
  return queried ?? headers['x-amz-target']?.split('.').at(-1) ?? path;
}

function inputOf(body: unknown): Record<string, unknown> {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : typeof body === 'string' && body.startsWith('{') ? body : '{}';
  const input: unknown = JSON.parse(text);
  return { ...(input instanceof Object && input) };
}

function responseOf(answer: unknown, date: string | undefined) {
  if (answer instanceof Error) throw answer;
  const common = { 'content-type': 'application/json', ...(date === undefined ? {} : { date }) };
  const send = (statusCode: number, headers: Record<string, string>, body: unknown) => ({
    statusCode,
    headers: { ...common, ...headers },
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  if (answer instanceof ServiceError) return send(answer.status, { 'x-amzn-errortype': answer.code }, { __type: answer.code, message: answer.message });
  if (answer instanceof FunctionError) return send(200, { 'x-amz-function-error': 'Unhandled' }, answer.answer);
  return send(200, {}, answer);
}
