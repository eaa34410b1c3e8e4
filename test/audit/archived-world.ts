import { createPublicKey } from 'node:crypto';
import { accessRequestedV1 } from '@team/contracts';
import { checkpointType, verifyArchive, type Archive, type ArchiveFindings, type Part } from '@team/trail';
import { readingWith } from '../../services/portal/cli/src/archive/folder.ts';
import { ask, createWorld, type World } from '../../infra/local/src/play/world.ts';
import { emeka, organization, policies, prodPayments, wren } from '../journeys/fixture.ts';

/** An archive that a test may look at, and tamper with: bytes by key. */
export type Copy = Map<string, Uint8Array>;

/** What the running system archived, the key to verify it with, and the hours that it must have. */
export interface Archived {
  readonly world: World;
  readonly copy: Copy;
  readonly pem: string;
  readonly part: Required<Part>;
}

/**
 * Lets the local system work: so many requests, some of them approved, given and ended, over so many hours, and the hour after for the last
 * checkpoint. Gives what it archived.
 */
export async function archivedWorld({ requests, hours, seed = 7 }: { readonly requests: number; readonly hours: number; readonly seed?: number }): Promise<Archived> {
  const world = await createWorld({ organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed });
  const every = (hours * 60) / requests;
  for (let n = 0; n < requests; n += 1) {
    const requestId = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10, startAt: new Date(world.now() + 60_000).toISOString(), justification: `look at query ${n}` }));
    await world.pass(every);
    if (n % 4 === 0 && world.events(requestId).some(({ detailType }) => detailType === 'ApprovalRequested.v1')) await world.decide(requestId, 'approve', emeka);
  }
  await world.pass(65);
  world.system.stop();
  return { world, ...archiveOf(world) };
}

/** What is in the bucket of the archive. */
export function archiveOf(world: World): Omit<Archived, 'world'> {
  const { objects } = world.system;
  const copy: Copy = new Map(objects.names('').flatMap((name) => (objects.get(name) === undefined ? [] : [[name.slice(name.indexOf('/') + 1), objects.get(name) ?? new Uint8Array()]])));
  const hours = [...copy.keys()].flatMap((key) => /^(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\//.exec(key)?.slice(1) ?? []);
  const keyFile = [...copy.keys()].find((key) => key.startsWith('keys/')) ?? '';
  const pem = Buffer.from(copy.get(keyFile) ?? []).toString('utf8');
  const all: string[] = [];
  for (let at = 0; at < hours.length; at += 4) all.push(`${hours.slice(at, at + 3).join('-')}T${hours[at + 3] ?? ''}`);
  all.sort();
  return { copy, pem, part: { from: all[0] ?? '', to: all.at(-1) ?? '' } };
}

/** Verifies a copy with the key of the one that it was made of, up to the hour that this one ends with. */
export function verifyCopy(copy: Copy, { pem, part }: Pick<Archived, 'pem' | 'part'>): Promise<ArchiveFindings> {
  const archive: Archive = {
    async *keys() {
      yield* copy.keys();
    },
    read: async (key) => copy.get(key),
  };
  return verifyArchive(archive, readingWith(createPublicKey(pem)), { to: part.to });
}

export { checkpointType };
