import { audited, deadLetters, unpublished } from '../hostile/hostile-world.ts';
import type { World } from '../../infra/local/src/play/world.ts';

/** Rejects unless every fact is on the bus, every event in the trail, and nothing laid down but what is named. */
export async function expectRest(world: World, laidDown: readonly string[] = []): Promise<void> {
  const found = { laidDown: deadLetters(world), unpublished: await unpublished(world), ...(await audited(world)) };
  const wanted = { laidDown, unpublished: [], problems: [], missing: 0 };
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`not at rest: ${JSON.stringify(found)}`);
}

export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
