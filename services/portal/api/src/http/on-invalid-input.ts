import type { Hook } from '@hono/zod-openapi';
import type * as z from 'zod';
import type { Problem } from '../contract/index.ts';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

/** So many problems are told at once. */
const most = 50;

type Issue = z.core.$ZodIssue;

/** Answers input that is not what the contract says with all that is wrong in it, field by field. */
export const onInvalidInput: Hook<unknown, PortalEnv, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const place = result.target === 'json' ? 'body' : result.target;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, place)).slice(0, most);
  const fields = [...new Set(problems.map(({ field }) => field))].slice(0, 5).join(', ');
  return problemAnswer(c, 400, { code: 'ERR_INPUT_INVALID', detail: `Correct what "problems" lists and send it again: ${fields}.`, problems });
};

function problemsOf(issue: Issue, place: string): NonNullable<Problem['problems']> {
  const field = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field: field === '' ? place : field, message: issue.message }];
  return issue.keys.map((key) => ({ field: [field, key.slice(0, 64)].filter((part) => part !== '').join('.'), message: 'there is no such field; leave it out' }));
}
