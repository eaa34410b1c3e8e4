import { setTimeout as delay } from 'node:timers/promises';
import { run, type Surroundings } from '../src/program.ts';
import type { Terminal } from '../src/signed-in/portal-context.ts';
import type { SignIn } from '../src/signed-in/kept-sign-in.ts';
import type { SignInStore } from '../src/signed-in/sign-in-store.ts';
import type { OfMachine } from '../src/signed-in/this-machine.ts';

/** What a test's portal answers to a call: a body, a whole response, or an error for one that gets no answer. */
export type Answers = Readonly<Record<string, (body: unknown, url: URL) => unknown>>;

export interface Sent {
  /** `GET /v1/me` */
  readonly call: string;
  readonly url: URL;
  readonly body: unknown;
  readonly headers: Headers;
}

export const origin = 'https://team.acme.example';
export const now = Date.parse('2026-11-30T10:00:00Z');
export const signIn: SignIn = { portal: origin, issuer: 'https://id.acme.example', clientId: 'team-cli', accessToken: 'a-token', endsAt: '2026-11-30T11:00:00.000Z' };

/** A problem as the portal sends it. */
export function problem(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}): Response {
  const document = { type: 'about:blank', title: 'A title', status, detail, code, instance: 'urn:uuid:018f6b7a-0000-7000-9000-000000000001' };
  return new Response(JSON.stringify(document), { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** A sign-in that is kept nowhere. */
export function storeOf(kept: SignIn | undefined): SignInStore & { kept: SignIn | undefined } {
  return {
    kept,
    async read() {
      return this.kept;
    },
    async write(signIn) {
      this.kept = signIn;
    },
    async forget() {
      this.kept = undefined;
    },
  };
}

/** Somebody who answers these, one after the other. */
export function answering(...answers: readonly string[]): Terminal & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    async ask(question) {
      asked.push(question);
      const answer = left.shift();
      if (answer === undefined) throw new TypeError(`the test has no answer to: ${question}`);
      return answer;
    },
  };
}

/** What is other than usual. */
export interface PortalOptions extends Partial<Pick<OfMachine, 'terminal' | 'openPage' | 'timeout'>>, Partial<Pick<Surroundings, 'connect' | 'signal'>> {
  readonly kept?: SignIn | null;
}

/** The portal that commands of a test meet, by method and path: `GET /v1/me`, or with its query. Pauses are noted and over at once, with so much later by the clock. */
export function scriptedPortal(answers: Answers, { kept = signIn, terminal, connect, openPage, signal = new AbortController().signal, timeout = (ms) => AbortSignal.timeout(ms) }: PortalOptions = {}) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const signIns = storeOf(kept ?? undefined);
  let drawn = 0;
  let clock = now;

  async function fetch(text: string, { method = 'GET', body, headers }: RequestInit): Promise<Response> {
    const url = new URL(text);
    const parsed: unknown = typeof body === 'string' && body.startsWith('{') ? JSON.parse(body) : body;
    const call = `${method} ${url.origin === origin ? '' : url.origin}${url.pathname}`;
    sent.push({ call, url, body: parsed, headers: new Headers(headers) });
    const answer = (answers[`${call}${url.search}`] ?? answers[call])?.(parsed, url);
    if (answer === undefined) throw new TypeError(`the test has no answer to ${call}${url.search}`);
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : Response.json(answer);
  }

  return {
    sent,
    pauses,
    signIns,
    fetch,
    calls: () => sent.map(({ call }) => call),
    /** Runs `team` with these arguments at this portal. */
    async team(...argv: string[]) {
      const said: string[] = [];
      const remarks: string[] = [];
      const code = await run(argv, {
        output: { say: (text) => said.push(text), remark: (text) => remarks.push(text) },
        signal,
        ...(connect === undefined ? {} : { connect }),
        pause: async (ms) => {
          pauses.push(ms);
          clock += ms;
          await delay(0);
        },
        machine: { fetch, signIns, terminal, openPage, timeout, now: () => clock, newId: () => `018f6b7a-0000-7000-9000-${String((drawn += 1)).padStart(12, '0')}` },
      });
      return { code, said, remarks };
    },
  };
}
