import { reason, type Bundle, type EligibilityPolicy, type Limits } from '@team/contracts';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Connection } from '../cloud/connection.ts';

const explanation = z.object({
  allowed: z.boolean(),
  policyId: z.string().optional(),
  approvalRequired: z.boolean().optional(),
  durationMinutes: z.number().optional(),
  reasons: z.array(reason),
  warnings: z.array(reason),
  denying: z.array(z.string()),
  considered: z.array(z.object({ policyId: z.string(), problems: z.array(reason) })),
  requester: z.object({ userId: z.string(), userName: z.string() }).optional(),
  target: z.object({ accountId: z.string(), accountName: z.string(), permissionSetArn: z.string(), permissionSetName: z.string() }).optional(),
});
/** What the request service says would become of a request. */
export type Explanation = z.infer<typeof explanation>;

/** Somebody who might ask for something. */
export interface Hypothetical {
  readonly requester: string;
  readonly accountId: string;
  readonly permissionSet: string;
  readonly durationMinutes?: number | undefined;
  readonly startAt?: string | undefined;
  readonly ticketId?: string | undefined;
  readonly justification?: string | undefined;
  readonly breakGlass?: boolean | undefined;
  readonly askedAt?: string | undefined;
}

/** Policies that are thought of in place of those in force. */
export interface Proposed {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly limits: Limits;
  readonly bundles: readonly Bundle[];
}

/** So many are asked about in one call. */
const atOnce = 50;

/** Has the request service judge what somebody might ask for: the very judgement that a request meets. */
export async function explainAll(connection: Connection, asked: readonly Hypothetical[], policies?: Proposed): Promise<readonly Explanation[]> {
  const all: Explanation[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    const question = { op: 'explain', asked: asked.slice(from, from + atOnce), ...(policies === undefined ? {} : { policies }) };
    const { explanations } = await askFunction(connection, 'request', question, z.object({ explanations: z.array(explanation) }));
    all.push(...explanations);
  }
  return all;
}
