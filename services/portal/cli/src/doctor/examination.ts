import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { ListInstancesCommand, type InstanceMetadata } from '@aws-sdk/client-sso-admin';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { createDirectory, type Directory } from '@team/directory';
import type { Calls } from './calls.ts';
import type { DoctorClients } from './clients.ts';
import type { Finding } from './finding.ts';
import { expectedOf, inventory, portalInventory, type Expected } from './inventory.ts';
import { readPolicies, type Policies } from './policies.ts';
import { firstSeenOf, type Seen } from './seen.ts';

/** What the person asked for. */
export interface DoctorOptions {
  readonly aws?: true;
  readonly prerequisites?: true;
  readonly prefix: string;
  /** There must be a portal, whether anything of one is seen or not. */
  readonly portal?: true;
  readonly instanceArn?: string;
  readonly grantMinutes?: number;
  readonly all?: true;
  /** To IAM Identity Center, over all actions. */
  readonly callsPerSecond: number;
  /** In looking for standing access. */
  readonly mostCalls: number;
  readonly json?: true;
}

/** The instance of IAM Identity Center that TEAM works with. */
export interface Instance {
  readonly instanceArn: string;
  readonly identityStoreId: string;
}

/** What checks look at. What several of them need is asked once. */
export interface Examination {
  readonly options: DoctorOptions;
  readonly clients: DoctorClients;
  readonly calls: Calls;
  /** What there should be; of a portal, too, where there is one or must be. */
  expected(): Promise<Expected>;
  /** `undefined` where nothing of one is seen. */
  seenOfPortal(): Promise<Seen | undefined>;
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
  managementAccount(): Promise<string>;
  /** Every instance that the caller sees. */
  instances(): Promise<readonly InstanceMetadata[]>;
  /** The one that was named, or the only one; `undefined` where there is none such. */
  instance(): Promise<Instance | undefined>;
  /** Of that instance. Throws where there is none. */
  directory(): Promise<Directory>;
  policies(): Promise<Policies>;
  /** A line about how it goes. */
  remark(text: string): void;
}

/** One thing to look at; `name` is said where it could not be looked at. */
export interface Check {
  readonly name: string;
  /** Looked at before there is a deployment, too. */
  readonly prerequisite: boolean;
  /** Throws what AWS answers; whoever runs it says so in words. */
  run(examination: Examination): Promise<readonly Finding[]>;
}

/** An examination over these clients. `now` is this machine's clock (ms since the epoch). */
export function createExamination(clients: DoctorClients, calls: Calls, options: DoctorOptions, remark: (text: string) => void, now: () => number): Examination {
  const seenOfPortal = once(() => firstSeenOf(clients, expectedOf(options.prefix, [portalInventory])));
  const expected = once(async () => {
    const without = expectedOf(options.prefix, inventory);
    try {
      return options.portal === true || (await seenOfPortal())?.onlyKept === false ? expectedOf(options.prefix, [...inventory, portalInventory]) : without;
    } catch {
      // That it could not be found out is said once, by the check of the portal.
      return without;
    }
  });
  const caller = once(async () => {
    const { Account: account = '', Arn: arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  });
  const managementAccount = once(async () => (await clients.organizations.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId ?? '');
  const instances = once(async () => (await clients.ssoAdmin.send(new ListInstancesCommand({}))).Instances ?? []);
  const instance = once(async () => {
    const seen = await instances();
    const { InstanceArn, IdentityStoreId } = (options.instanceArn === undefined ? seen[0] : seen.find((one) => one.InstanceArn === options.instanceArn)) ?? {};
    return InstanceArn === undefined || IdentityStoreId === undefined ? undefined : { instanceArn: InstanceArn, identityStoreId: IdentityStoreId };
  });
  const directory = once(async () => {
    const found = await instance();
    if (found === undefined) throw new NothingToLookAt('there is no instance of IAM Identity Center to ask');
    const { identityStore, organizations, ssoAdmin } = clients;
    return createDirectory({ identityStore, organizations, ssoAdmin, ...found, now });
  });
  const policies = once(() => readPolicies(clients.documents, options.prefix));
  return { options, clients, calls, expected, seenOfPortal, caller, managementAccount, instances, instance, directory, policies, remark };
}

/** What a check is about is not there, which another check says. */
export class NothingToLookAt extends Error {
  override readonly name = 'NothingToLookAt';
}

/** Asked when it is first needed; everybody gets that answer, or that error. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => (asked ??= ask());
}
