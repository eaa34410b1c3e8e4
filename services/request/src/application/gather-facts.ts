import { findEmitter } from '@team/contracts';
import type { Sender } from '../domain/emitter.ts';
import type { AcceptedRequest, AskedRequest, NamedTarget } from '../domain/events.ts';
import type { KnownTarget, RequestFacts } from '../domain/facts.ts';
import { indexOf, type PolicyIndex } from '../domain/policy-index.ts';
import type { RejectionReason } from '../domain/reasons.ts';
import { knownAccount, knownPermissionSet } from './known-places.ts';
import type { Places, Ports, RequestPolicies } from './ports.ts';

/** Asks AWS and the policies for everything on which the judgement of a request depends. */
export async function gatherFacts(
  asked: AskedRequest,
  { emitter: sender, receivedAt }: { readonly emitter: Sender; readonly receivedAt: number },
  { requests, people, places, policies, emitters, ownAccount }: Ports,
): Promise<RequestFacts> {
  const laidDown = await policies.load();
  const { eligibility, limits } = laidDown;
  const index = indexOf(eligibility);
  const [requester, askedBy, extended, { targets, bundleProblems }, managementAccountId, managementPermissionSets] = await Promise.all([
    people.find(asked.requester),
    asked.askedBy === undefined ? undefined : people.find(asked.askedBy),
    asked.extends === undefined ? undefined : readExtended(asked.extends, requests),
    readTargets(asked, laidDown, places, index),
    places.managementAccountId(),
    places.managementPermissionSets(),
  ]);
  return {
    asked,
    receivedAt,
    emitter: findEmitter(emitters, sender, 'AccessRequested.v1'),
    requester,
    askedBy,
    ...(extended === undefined ? {} : { extended }),
    targets,
    bundleProblems,
    managementAccountId,
    ownAccountId: ownAccount,
    managementPermissionSets,
    policies: eligibility,
    limits,
  };
}

/** More than are ever extended in a row. */
const longestRow = 10;

async function readExtended(requestId: string, requests: Ports['requests']): Promise<readonly AcceptedRequest[]> {
  const row: AcceptedRequest[] = [];
  for (let next: string | undefined = requestId; next !== undefined && row.length < longestRow; ) {
    const accepted: AcceptedRequest | undefined = (await requests.load(next))?.accepted;
    if (accepted !== undefined) row.push(accepted);
    next = accepted?.extends;
  }
  return row;
}

async function readTargets({ targets: asked }: AskedRequest, laidDown: RequestPolicies, places: Places, index: PolicyIndex) {
  const bundleProblems: RejectionReason[] = [];
  const named: { readonly asked: NamedTarget; readonly bundle?: string }[] = [];
  const known = new Set<string>();
  const bundles = new Set<string>();
  for (const target of asked) {
    if (!('bundle' in target)) {
      named.push({ asked: target });
      known.add(keyOf(target));
      continue;
    }
    if (bundles.has(target.bundle)) continue;
    bundles.add(target.bundle);
    const out = await takenApart(target.bundle, laidDown, places);
    if ('code' in out) bundleProblems.push(out);
    // What two bundles have in common is asked for once; what is named by itself twice is a mistake, which the judge says.
    else {
      named.push(...out.filter((one) => !known.has(keyOf(one))).map((one) => ({ asked: one, bundle: target.bundle })));
      for (const one of out) known.add(keyOf(one));
    }
  }
  const targets = await Promise.all(
    named.map(async (one): Promise<KnownTarget> => {
      const { asked: target } = one;
      const [account, permissionSet] = await Promise.all([
        knownAccount(target.accountId, places, index),
        knownPermissionSet('permissionSetArn' in target ? target.permissionSetArn : target.permissionSetName, places, index),
      ]);
      return { ...one, account, permissionSet };
    }),
  );
  return { targets, bundleProblems };
}

async function takenApart(bundleId: string, { bundles }: RequestPolicies, places: Places): Promise<readonly NamedTarget[] | RejectionReason> {
  const bundle = bundles.find((one) => one.bundleId === bundleId);
  const field = 'data.targets';
  if (bundle === undefined) return { code: 'ERR_BUNDLE_UNKNOWN', message: `there is no bundle "${bundleId}"`, field };
  const { targets, permissionSetArns } = bundle;
  const below = targets.organizationalUnitIds.length === 0 ? [] : await places.accountsIn(targets.organizationalUnitIds);
  const accountIds = [...new Set([...targets.accountIds, ...below])];
  if (accountIds.length === 0) return { code: 'ERR_BUNDLE_EMPTY', message: `no active account is in bundle "${bundleId}"`, field };
  return accountIds.flatMap((accountId) => permissionSetArns.map((permissionSetArn) => ({ accountId, permissionSetArn })));
}

/** The same for what is the same; what is named by its name alone is like nothing else. */
const keyOf = (target: NamedTarget): string => JSON.stringify([target.accountId, 'permissionSetArn' in target ? target.permissionSetArn : { name: target.permissionSetName }]);
