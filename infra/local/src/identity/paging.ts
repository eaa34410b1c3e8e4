import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';

/** The paging members that AWS list actions take. */
export const pageRequest = { MaxResults: z.int().min(1).max(100).optional(), NextToken: z.string().min(1).optional() };

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface PageRules {
  /** Names the list (action and its parameters): a token of another list is refused. */
  readonly list: string;
  /** Page size where the caller states none. */
  readonly size: number;
  /** The service's exception for a bad token. */
  readonly invalidToken: string;
  /** Asked once a page; `true` answers an empty page with a token, which some services may do at any time. */
  readonly pause?: () => boolean;
}

export interface Page<T> {
  readonly items: T[];
  readonly NextToken?: string;
}

const token = z.object({ list: z.string(), after: z.string().optional(), paused: z.boolean() });

/**
 * One page of a list in the order of its keys. The token holds the last key given out, so that what is added or removed
 * between two pages neither repeats nor hides anything else.
 */
export function pageOf<T>(entries: Iterable<[string, T]>, request: PageRequest, rules: PageRules): Page<T> {
  const from = request.NextToken === undefined ? { paused: false } : readToken(request.NextToken, rules);
  const { after } = from;
  if (rules.pause !== undefined && !from.paused && rules.pause()) {
    return { items: [], NextToken: writeToken({ list: rules.list, after, paused: true }) };
  }
  const rest = [...entries].filter(([key]) => after === undefined || key > after).sort(([a], [b]) => (a < b ? -1 : 1));
  const page = rest.slice(0, request.MaxResults ?? rules.size);
  const last = page.at(-1);
  const items = page.map(([, item]) => item);
  if (last === undefined || page.length === rest.length) return { items };
  return { items, NextToken: writeToken({ list: rules.list, after: last[0], paused: false }) };
}

const writeToken = (content: z.infer<typeof token>): string => Buffer.from(JSON.stringify(content)).toString('base64url');

function readToken(text: string, rules: PageRules): { after?: string | undefined; paused: boolean } {
  const content = token.safeParse(jsonOf(text));
  if (content.success && content.data.list === rules.list) return content.data;
  throw new AwsError(rules.invalidToken, 'The NextToken is not one that this list gave out');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
