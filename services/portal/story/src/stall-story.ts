import { lifecycleStalledV1 } from '@team/contracts';
import type { Facts } from './facts.ts';

/** Something that should have followed and has not. Times are ISO 8601 UTC. */
export interface StallStory {
  readonly grantId?: string;
  /** Any of these would do. */
  readonly missing: readonly string[];
  readonly since: string;
  readonly lastSeen: string;
}

/** What the watchdog misses still: said, and not said to have come. */
export function stallStory(facts: Facts): StallStory[] {
  const said = facts(lifecycleStalledV1);
  const nameOf = ({ grantId, missing, stalledSince }: (typeof said)[number]): string => [grantId, missing, stalledSince].join(' ');
  const cleared = new Set(said.filter(({ clearedAt }) => clearedAt !== undefined).map(nameOf));
  return said
    .filter((stall) => stall.clearedAt === undefined && !cleared.has(nameOf(stall)))
    .map(({ grantId, missing, stalledSince, lastSeen }) => ({ missing, since: stalledSince, lastSeen: lastSeen.detailType, ...(grantId === undefined ? {} : { grantId }) }));
}
