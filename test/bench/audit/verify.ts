import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createPublicKey } from 'node:crypto';
import { verifyArchive } from '@team/trail';
import { archiveIn, readingWith } from '../../../services/portal/cli/src/archive/folder.ts';
import { seededRandom } from '../../../infra/local/src/cloud/index.ts';
import { archivedWorld, verifyCopy, type Archived } from '../../audit/archived-world.ts';
import { tamperedWith } from '../../audit/tampering.ts';
import { quantile, type Judged, type Report } from '../figures.ts';

/** Records that a second of verification gets through, at least. */
const barPerSecond = 50_000;
/** Single changes, of which all are found. */
const tries = 1_000;
/** The archive is verified so many times: it is small beside what an installation gathers, and one pass is over before the code is warm. */
const passes = 60;

/** What verifying an export costs, and whether it finds what somebody changed: an archive that the local system made, in files of a folder. */
export async function benchVerify({ requests = 300, hours = 6, seed = 7 } = {}): Promise<Report> {
  const real = await archivedWorld({ requests, hours, seed });
  const speed = await verifying(real);
  const missed = await unfound(real, seed);
  const [{ model = 'unknown' } = {}] = cpus();
  return {
    title: 'Verifying an export of the audit trail',
    lines: [
      `machine       ${cpus().length} × ${model}, Node ${process.version}; one process, one thread`,
      `archive       ${speed.records} records in ${speed.objects} objects, ${(speed.bytes / speed.records / 1000).toFixed(1)} kB a record; ${passes} passes over files of a folder`,
      `wall time     p50 ${Math.round(quantile(speed.wall, 0.5))} records a second, best ${Math.round(Math.max(...speed.wall))}`,
      `processor     p50 ${Math.round(quantile(speed.processor, 0.5))} records a second of processor time, which other work on the machine changes less`,
      `what it does  reads a file, its SHA-256 (signed), parses each line, SHA-256 of the text, SHA-256 of the place; no text is parsed again`,
      `tampering     ${tries - missed.length} of ${tries} random single changes found${missed.length === 0 ? '' : `; not: ${missed.slice(0, 5).join('; ')}`}`,
    ],
    bars: bars(quantile(speed.wall, 0.5), missed.length),
  };
}

const bars = (perSecond: number, missed: number): Judged[] => [
  { what: `verify: at least ${barPerSecond} records a second from an export`, held: perSecond >= barPerSecond },
  { what: `tampering: all of ${tries} random single changes found`, held: missed === 0 },
];

async function verifying({ copy, pem, part }: Archived) {
  const folder = mkdtempSync(path.join(tmpdir(), 'team-bench-verify-'));
  try {
    let bytes = 0;
    for (const [key, body] of copy) {
      const file = path.join(folder, ...key.split('/'));
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, body);
      bytes += body.byteLength;
    }
    const wall: number[] = [];
    const processor: number[] = [];
    let records = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      const [begun, used] = [performance.now(), process.cpuUsage()];
      const found = await verifyArchive(archiveIn(folder), readingWith(createPublicKey(pem)), { to: part.to });
      const { user, system } = process.cpuUsage(used);
      if (found.problems.length > 0) throw new Error(`an archive that nobody touched has problems: ${JSON.stringify(found.problems[0])}`);
      records = found.records;
      wall.push((records / (performance.now() - begun)) * 1_000);
      processor.push((records / (user + system)) * 1_000_000);
    }
    return { records, bytes, objects: copy.size, wall, processor };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function unfound(real: Archived, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const missed: string[] = [];
  for (let n = 0; n < tries; n += 1) {
    const { copy, what } = tamperedWith(real.copy, random);
    const { problems } = await verifyCopy(copy, real);
    if (problems.length === 0) missed.push(what);
  }
  return missed;
}
