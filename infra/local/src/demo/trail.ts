import * as z from 'zod';
import type { World } from '../play/world.ts';
import { codesIn } from './reasons.ts';

const verification = z.object({ checkpoints: z.number(), chains: z.number(), records: z.number(), problems: z.array(z.unknown()), next: z.string().optional() });
const detail = z.object({ data: z.record(z.string(), z.unknown()) });
const page = z.object({ events: z.array(z.object({ detailType: z.string(), detail: detail.optional() })), next: z.string().optional() });

/** A record of the audit trail, and the codes that its event gives. */
export interface TrailRecord {
  readonly detailType: string;
  readonly codes: readonly string[];
}

/** What the audit service has on record of a request. */
export async function trailOf({ system }: World, requestId: string): Promise<TrailRecord[]> {
  const records: TrailRecord[] = [];
  for (let after: string | undefined; ; ) {
    const answer = page.parse(await system.invoke('team-audit-query', { op: 'events', requestId, ...(after === undefined ? {} : { after }) }));
    // The cursor goes on for ever, for those who follow the trail: a page without events is the end for now.
    if (answer.events.length === 0) return records;
    records.push(...answer.events.map((event) => ({ detailType: event.detailType, codes: codesIn(event.detail?.data ?? {}) })));
    after = answer.next;
  }
}

/** What the audit service finds when it recomputes everything. */
export async function verifyTrail({ system }: World): Promise<{ checkpoints: number; chains: number; records: number; problems: number }> {
  const sum = { checkpoints: 0, chains: 0, records: 0, problems: 0 };
  for (let after: string | undefined; ; ) {
    const answer = verification.parse(await system.invoke('team-audit-query', { op: 'verify', ...(after === undefined ? {} : { after }) }));
    sum.checkpoints += answer.checkpoints;
    sum.chains += answer.chains;
    sum.records += answer.records;
    sum.problems += answer.problems.length;
    if (answer.next === undefined) return sum;
    after = answer.next;
  }
}
