import { placed } from '../domain/chain.ts';
import { together, type Findings, type Problem } from '../domain/problems.ts';
import type { VerifyAnswer, VerifyQuery } from '../domain/query.ts';
import { requestChain, type Reading } from '../domain/record.ts';
import { appendTakesMs } from '../domain/timing.ts';
import { verifyChain } from '../domain/verify.ts';
import { cursorInvalid } from './cursor-invalid.ts';
import type { Answering, FinalError, ReadableTrail } from './ports.ts';

/** A call goes on to another page of chains until it has looked at so many records. */
const recordsPerCall = 5_000;
const pageSize = 25;

const nothing: Findings = { records: 0, problems: [], omitted: 0 };

/**
 * Verifies one request's chain, or the whole trail: first every chain that has a head, then that every record which claims a place
 * is part of one of these, then what has no place. The whole takes several calls. Refused with `ERR_CURSOR_INVALID` where `after` is
 * not from an earlier answer.
 */
export async function verifyTrail(answering: Answering, { requestId, after }: VerifyQuery): Promise<VerifyAnswer> {
  const { trail, reading, clock, finalError } = answering;
  if (requestId !== undefined) {
    const chain = requestChain(requestId);
    const { waiting, findings } = await unplaced(trail, clock(), chain);
    const whole = together(await verifyOne(trail, chain, reading), findings);
    const known = whole.records > 0 || (await trail.head(chain)) !== undefined;
    return { chains: known ? 1 : 0, waiting, ...whole };
  }
  const { part, from } = parseCursor(finalError, after);
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
  if (position !== undefined) return { chains, waiting: 0, ...findings, next: `${part}:${position}` };
  if (!orphans) return { chains, waiting: 0, ...findings, next: 'records:' };
  const last = await unplaced(trail, clock());
  return { chains, waiting: last.waiting, ...together(findings, last.findings) };
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
  readonly part: 'heads' | 'records';
  readonly from: string | undefined;
}

function parseCursor(finalError: FinalError, after = 'heads:'): Cursor {
  const [, part, from] = /^(heads|records):(.*)$/s.exec(after) ?? [];
  if (part !== 'heads' && part !== 'records') throw cursorInvalid(finalError, after);
  return { part, from: from === '' ? undefined : from };
}
