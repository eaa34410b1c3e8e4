import { findEmitter } from '@team/contracts';
import type { Sender } from '../domain/emitter.ts';
import type { AskedRequest, AskedTarget } from '../domain/events.ts';
import type { KnownTarget, RequestFacts } from '../domain/facts.ts';
import type { Places, Ports } from './ports.ts';

/** Asks AWS and the policies for everything on which the judgement of a request depends. */
export async function gatherFacts(
  asked: AskedRequest,
  { emitter: sender, receivedAt }: { readonly emitter: Sender; readonly receivedAt: number },
  { people, places, policies, emitters, ownAccount }: Ports,
): Promise<RequestFacts> {
  const [requester, askedBy, targets, managementAccountId, managementPermissionSets, { eligibility, limits }] = await Promise.all([
    people.find(asked.requester),
    asked.askedBy === undefined ? undefined : people.find(asked.askedBy),
    Promise.all(asked.targets.map((target) => findTarget(places, target))),
    places.managementAccountId(),
    places.managementPermissionSets(),
    policies.load(),
  ]);
  return {
    asked,
    receivedAt,
    emitter: findEmitter(emitters, sender, 'AccessRequested.v1'),
    requester,
    askedBy,
    targets,
    managementAccountId,
    ownAccountId: ownAccount,
    managementPermissionSets,
    policies: eligibility,
    limits,
  };
}

async function findTarget(places: Places, asked: AskedTarget): Promise<KnownTarget> {
  const [account, permissionSet] = await Promise.all([
    places.account(asked.accountId),
    places.permissionSet('permissionSetArn' in asked ? asked.permissionSetArn : asked.permissionSetName),
  ]);
  return { asked, account, permissionSet };
}
