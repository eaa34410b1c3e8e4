import { placed } from '../domain/chain.ts';
import { together, type Findings, type Problem } from '../domain/problems.ts';
import type { VerifyAnswer, VerifyQuery } from '../domain/query.ts';
import { requestChain, type Reading } from '../domain/record.ts';
import { appendTakesMs } from '../domain/timing.ts';
import { verifyChain } from '../domain/verify.ts';
import { cursorInvalid } from './cursor-invalid.ts';
import type { Answering, FinalError, ReadableTrail } from './ports.ts';
import { verifyCheckpoints, verifyListing, type CheckpointChecking, type Hours } from './verify-checkpoints.ts';
import { hourOf } from '@team/trail';

/** A call goes on to another page of chains until it has looked at so many records. */
const recordsPerCall = 5_000;
const pageSize = 25;

/** The hour of a moment in ISO 8601. */
const hourIn = (moment: string | undefined): string | undefined => (moment === undefined ? undefined : hourOf(Date.parse(moment)));

const nothing: Findings = { records: 0, problems: [], omitted: 0 };

/**
 * Verifies one request's chain, or the whole trail: first every chain that has a head, then that every record which claims a place
 * is part of one of these, then what has no place, then the checkpoints. The whole takes several calls. Refused with `ERR_CURSOR_INVALID` where `after` is
 * not from an earlier answer.
 */
export async function verifyTrail(answering: Answering, checking: CheckpointChecking, { requestId, from: since, to, after }: VerifyQuery): Promise<VerifyAnswer> {
  const { trail, reading, clock, finalError } = answering;
  if (requestId !== undefined) {
    const chain = requestChain(requestId);
    const { waiting, findings } = await unplaced(trail, clock(), chain);
    const listing = await verifyListing(checking, chain);
    const whole = together(together(await verifyOne(trail, chain, reading), findings), listing.findings);
    const known = whole.records > 0 || (await trail.head(chain)) !== undefined;
    return { checkpoints: listing.checkpoints, chains: known ? 1 : 0, waiting, ...whole };
  }
  if (since !== undefined || to !== undefined) return verifyHours(answering, checking, { from: hourIn(since), to: hourIn(to) }, after);
  const { part, from } = parseCursor(finalError, after);
  if (part === 'checkpoints') {
    const { checkpoints, findings, next } = await verifyCheckpoints(checking, {}, from);
    return { checkpoints, chains: 0, waiting: 0, ...findings, ...(next === undefined ? {} : { next: `checkpoints:${next}` }) };
  }
  const orphans = part === 'records';
  let chains = 0;
  let findings = nothing;
  let position = from;
  do {
    const page = await (orphans ? trail.chainsOfRecords(recordsPerCall, position) : trail.chainsWithHead(pageSize, position));
    for (const chain of new Set(page.items)) {
      if (orphans && (await trail.head(chain)) !== undefined) continue;
      chains += 1;
      findings = together(findings, await verifyOne(trail, chain, reading));
    }
    position = page.next;
  } while (!orphans && position !== undefined && findings.records < recordsPerCall);
  if (position !== undefined) return { checkpoints: 0, chains, waiting: 0, ...findings, next: `${part}:${position}` };
  if (!orphans) return { checkpoints: 0, chains, waiting: 0, ...findings, next: 'records:' };
  const last = await unplaced(trail, clock());
  return { checkpoints: 0, chains, waiting: last.waiting, ...together(findings, last.findings), next: 'checkpoints:' };
}

/** The checkpoints of some hours, and the chains that they list, as these are now. */
async function verifyHours({ trail, reading, finalError }: Answering, checking: CheckpointChecking, hours: Hours, after?: string): Promise<VerifyAnswer> {
  const { part, from } = parseCursor(finalError, after ?? 'checkpoints:');
  if (part !== 'checkpoints') throw cursorInvalid(finalError, after ?? '');
  const { checkpoints, chains, next, findings: found } = await verifyCheckpoints(checking, hours, from);
  let findings = found;
  const once = new Set(chains);
  for (const chain of once) findings = together(findings, await verifyOne(trail, chain, reading));
  return { checkpoints, chains: once.size, waiting: 0, ...findings, ...(next === undefined ? {} : { next: `checkpoints:${next}` }) };
}

async function verifyOne(trail: ReadableTrail, chain: string, reading: Reading): Promise<Findings> {
  const head = await trail.head(chain);
  return verifyChain(chain, head, trail.chain(chain, head), reading);
}

interface Unplaced {
  readonly waiting: number;
  readonly findings: Findings;
}

/** Records that are in no chain: young ones are on their way, the others are a problem. */
async function unplaced(trail: ReadableTrail, now: number, chain?: string): Promise<Unplaced> {
  let waiting = 0;
  let findings = nothing;
  for await (const { key } of trail.unchained(now, chain)) {
    const record = await trail.record(key);
    if (record === undefined || placed(record, await trail.head(record.chain)) !== undefined) continue;
    if (now - Date.parse(record.recordedAt) <= appendTakesMs) {
      waiting += 1;
      continue;
    }
    const message = `${key} came at ${record.recordedAt} and has no place yet; the sweep finishes such appends each minute`;
    const problem: Problem = { chain: record.chain, kind: 'unchained', message };
    findings = together(findings, { records: 0, problems: [problem], omitted: 0 });
  }
  return { waiting, findings };
}

interface Cursor {
  readonly part: 'heads' | 'records' | 'checkpoints';
  readonly from: string | undefined;
}

function parseCursor(finalError: FinalError, after = 'heads:'): Cursor {
  const [, part, from] = /^(heads|records|checkpoints):(.*)$/s.exec(after) ?? [];
  if (part !== 'heads' && part !== 'records' && part !== 'checkpoints') throw cursorInvalid(finalError, after);
  return { part, from: from === '' ? undefined : from };
}
