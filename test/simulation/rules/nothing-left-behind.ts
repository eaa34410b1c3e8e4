import type { Rule, RuleFrom } from './rule.ts';
import { inWords } from './assignments.ts';
import { overAt } from './grants.ts';
import { calmSince } from './seen.ts';

/**
 * What we created is gone this long (ms) after the last of its grants was over, counted from when nothing goes wrong any more and, for a
 * creation that landed late, from when it landed. Removals wait for one another at AWS's quota; runs are too small for that to count.
 */
const latestMs = 6 * 60_000;
const measure = 'removed after (ms)';

/** Nothing that we created outlives all its grants, but for the time that removing takes. */
export const nothingLeftBehind: RuleFrom = ({ now, trouble, measures }, { presence, hands, grants }): Rule => {
  /** Names that stood when they were looked at last, over and to be removed, and since when (ms). */
  const waiting = new Map<string, number>();

  function look(atMost: number): string[] {
    const calm = calmSince(trouble);
    const found: string[] = [];
    for (const name of hands.created.keys()) {
      const since = waiting.get(name);
      if (!presence.now(name) || hands.isUnclear(name) || hands.theirsSince(name) !== undefined) {
        if (since !== undefined) measures.set(measure, Math.max(measures.get(measure) ?? 0, presence.since(name) - since));
        waiting.delete(name);
        continue;
      }
      const over = Math.max(...grants.of(name).map(overAt));
      if (calm === undefined || now() < over) {
        waiting.delete(name);
        continue;
      }
      const counted = Math.max(over, calm, presence.since(name));
      waiting.set(name, counted);
      const seconds = Math.round((now() - counted) / 1_000);
      if (now() - counted > atMost) found.push(`${inWords(name)} stands ${seconds} s after all its grants were over`);
    }
    return found;
  }
  return {
    onCall: () => look(latestMs)[0],
    onEvent: () => look(latestMs)[0],
    atRest: () => look(-1),
  };
};
