import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../contract/index.ts';
import type { PortalEnv } from './portal-env.ts';

const titles = {
  400: 'Not as asked for',
  401: 'Sign in',
  403: 'Not yours to do',
  404: 'Not there',
  405: 'Not done this way',
  409: 'Not any more',
  413: 'Too large',
  415: 'Not JSON',
  429: 'Too many calls',
  500: 'Something went wrong',
  503: 'Try again',
} as const satisfies Partial<Record<ContentfulStatusCode, string>>;

export type ProblemStatus = keyof typeof titles;

export interface ProblemFacts {
  readonly code: `ERR_${string}`;
  /** What to do, for people. */
  readonly detail: string;
  readonly problems?: Problem['problems'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a problem document (RFC 9457). `about:blank` says that the title is all there is to say about its type; `code` tells them apart. */
export function problemAnswer(c: Context<PortalEnv>, status: ProblemStatus, { code, detail, problems, headers = {} }: ProblemFacts): Response {
  const document: Problem = {
    type: 'about:blank',
    title: titles[status],
    status,
    detail,
    code,
    instance: `urn:uuid:${c.var.instance}`,
    ...(problems === undefined ? {} : { problems }),
  };
  return c.body(JSON.stringify(document), status, { ...headers, 'content-type': 'application/problem+json' });
}
