import type { AccessRequestedV1, EmitterRegistration } from '@team/contracts';
import { DirectoryAmbiguityError, type Directory } from '@team/directory';
import type { KnownPerson, KnownTarget, RequestFacts } from '../domain/facts.ts';
import type { RequestState } from '../domain/state.ts';
import type { PolicySource } from './ports.ts';

export interface FactSources {
  readonly directory: Directory;
  readonly policies: PolicySource;
  readonly emitters: readonly EmitterRegistration[];
  readonly ownAccount: string;
}

/** Asks AWS and the policies for everything on which the judgement of a request depends. */
export async function gatherFacts(state: RequestState, asked: AccessRequestedV1, sources: FactSources): Promise<RequestFacts> {
  const { directory, policies, emitters, ownAccount } = sources;
  const [requester, askedBy, targets, managementAccountId, managementPermissionSets, { eligibility, limits }] = await Promise.all([
    findPerson(directory, asked.requester),
    asked.askedBy === undefined ? undefined : findPerson(directory, asked.askedBy),
    Promise.all(asked.targets.map((target) => findTarget(directory, target))),
    directory.managementAccountId(),
    directory.permissionSetsInManagementAccount(),
    policies.load(),
  ]);
  return {
    asked,
    receivedAt: state.receivedAt,
    emitter: findEmitter(emitters, state.emitter, 'AccessRequested.v1'),
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

/** The registration under which an event came: source, account of the role, and detail-type must all be registered together. */
export function findEmitter(
  emitters: readonly EmitterRegistration[],
  { source, account }: { readonly source: string; readonly account: string },
  detailType: string,
): EmitterRegistration | undefined {
  return emitters.find(
    (emitter) => emitter.source === source && emitter.roleArn.split(':')[4] === account && emitter.detailTypes.includes(detailType),
  );
}

/** A person with their groups, as AWS has them now. */
export async function findPerson(directory: Directory, ref: string): Promise<KnownPerson | 'ambiguous' | undefined> {
  try {
    const user = await directory.findUser(ref);
    return user === undefined ? undefined : { ...user, groupIds: await directory.groupsOf(user.id) };
  } catch (error) {
    if (error instanceof DirectoryAmbiguityError) return 'ambiguous';
    throw error;
  }
}

async function findTarget(directory: Directory, asked: AccessRequestedV1['targets'][number]): Promise<KnownTarget> {
  const [account, permissionSet] = await Promise.all([
    directory.findAccount(asked.accountId),
    directory.findPermissionSet('permissionSetArn' in asked ? asked.permissionSetArn : asked.permissionSetName),
  ]);
  return { asked, account, permissionSet };
}
