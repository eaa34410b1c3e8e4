import type { Bundle, Reason } from '@team/contracts';
import type { Ask } from '../contract/index.ts';
import type { Account } from './askable-matrix.ts';

type Target = Extract<Ask['targets'][number], { readonly accountId: string }>;

/** One target, and the bundle that it came out of. */
export interface NamedTarget extends Target {
  readonly bundle?: string;
}

/** Most targets of one request, bundles taken apart: a rule of the request service. */
export const mostTargets = 50;

/** Targets of themselves first: what a bundle has in common with what stands before it is asked for once, and with what stands behind it is a mistake. */
export function bundlesLast(asked: Ask['targets']): Ask['targets'] {
  return [...asked.filter((target) => !('bundle' in target)), ...asked.filter((target) => 'bundle' in target)];
}

/** Ids of the accounts of a bundle as they are now: those that it names, whether they are active or not, and the active ones below its units. */
export function accountIdsOf({ targets: { accountIds, organizationalUnitIds } }: Bundle, accounts: readonly Account[]): readonly string[] {
  const units = new Set(organizationalUnitIds);
  const below = units.size === 0 ? [] : accounts.filter(({ active, ouPath }) => active && ouPath.some((unit) => units.has(unit)));
  return [...new Set([...accountIds, ...below.map(({ id }) => id)])];
}

/** What is asked for, target by target, bundles taken apart as the request service does; with a reason for each bundle that comes to nothing, and for more than fits in one request. */
export function takenApart(asked: Ask['targets'], bundles: readonly Bundle[], accounts: readonly Account[]): { readonly targets: readonly NamedTarget[]; readonly reasons: readonly Reason[] } {
  const targets: NamedTarget[] = [];
  const reasons: Reason[] = [];
  const seen = new Set<string>();
  const bundlesSeen = new Set<string>();
  for (const target of bundlesLast(asked)) {
    // A bundle that is named twice is asked for once.
    if ('bundle' in target && bundlesSeen.has(target.bundle)) continue;
    if ('bundle' in target) bundlesSeen.add(target.bundle);
    const out: readonly NamedTarget[] = 'bundle' in target ? targetsIn(target.bundle) : [target];
    for (const one of out) {
      const place = `${one.accountId} ${one.permissionSetArn}`;
      if (one.bundle === undefined || !seen.has(place)) targets.push(one);
      seen.add(place);
    }
  }
  if (targets.length > mostTargets) reasons.push({ code: 'ERR_TOO_MANY_TARGETS', message: `the bundles come to ${targets.length} targets, at most ${mostTargets} fit in one request` });
  return { targets, reasons };

  function targetsIn(bundleId: string): readonly NamedTarget[] {
    const bundle = bundles.find((one) => one.bundleId === bundleId);
    if (bundle === undefined) return none('ERR_BUNDLE_UNKNOWN', `there is no bundle "${bundleId}"`);
    const accountIds = accountIdsOf(bundle, accounts);
    if (accountIds.length === 0) return none('ERR_BUNDLE_EMPTY', `no active account is in bundle "${bundleId}"`);
    return accountIds.flatMap((accountId) => bundle.permissionSetArns.map((permissionSetArn) => ({ accountId, permissionSetArn, bundle: bundleId })));
  }

  function none(code: string, message: string): readonly NamedTarget[] {
    reasons.push({ code, message });
    return [];
  }
}
