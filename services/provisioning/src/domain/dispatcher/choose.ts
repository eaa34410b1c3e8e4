import { partsOfKey } from '../assignment.ts';

/**
 * The next assignment of one class to work on. Identity Center updates one role (permission set in an account) at a time, so what
 * would only conflict waits. Among the others the person with the least under way comes first, so that nobody's long list keeps
 * somebody else waiting; then whoever waits longest.
 */
export function chooseNext(waiting: readonly string[], underWay: readonly string[], passed: ReadonlySet<string>): string | undefined {
  const busyRoles = new Set(underWay.map((key) => partsOfKey(key).role));
  const load = new Map<string, number>();
  for (const key of underWay) load.set(partsOfKey(key).principal, (load.get(partsOfKey(key).principal) ?? 0) + 1);
  const possible = waiting.filter((key) => !passed.has(key) && !busyRoles.has(partsOfKey(key).role));
  const loadOf = (key: string): number => load.get(partsOfKey(key).principal) ?? 0;
  return possible.reduce<string | undefined>((best, key) => (best === undefined || loadOf(key) < loadOf(best) ? key : best), undefined);
}
