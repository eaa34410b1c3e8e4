import { explanations, type Explanation, type HypotheticalRequest, type ProposedPolicies } from '@team/contracts';
import { askFunction } from '../cloud/ask-function.ts';
import type { Connection } from '../cloud/connection.ts';

/** So many are asked about in one call. */
const atOnce = 50;

/** Has the request service judge what somebody might ask for: the very judgement that a request meets. */
export async function explainAll(connection: Connection, asked: readonly HypotheticalRequest[], policies?: ProposedPolicies): Promise<readonly Explanation[]> {
  const all: Explanation[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    const question = { op: 'explain', asked: asked.slice(from, from + atOnce), ...(policies === undefined ? {} : { policies }) };
    all.push(...(await askFunction(connection, 'request', question, explanations)).explanations);
  }
  return all;
}
