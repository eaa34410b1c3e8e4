import {
  DescribePermissionSetCommand,
  paginateListPermissionSets,
  paginateListPermissionSetsProvisionedToAccount,
  paginateListTagsForResource,
} from '@aws-sdk/client-sso-admin';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { answered, ask, askIfExists, everything } from './ask-aws.ts';
import type { DirectoryPermissionSet, Tags } from './directory.ts';
import type { Loaded, Refreshed } from './refreshed.ts';
import { sessionDurationMinutes } from './session-duration.ts';
import { toTags } from './tags.ts';

/** Questions to one IAM Identity Center instance, each answered by AWS at once. */
export function identityCenterQuestions(client: SSOAdminClient, InstanceArn: string) {
  const listing = { client, pageSize: 100 };
  return {
    async permissionSetArns(): Promise<readonly string[]> {
      return ask('list the permission sets', () =>
        everything(paginateListPermissionSets(listing, { InstanceArn }), (page) => page.PermissionSets),
      );
    },

    async permissionSet(PermissionSetArn: string): Promise<DirectoryPermissionSet | undefined> {
      const answer = await askIfExists(`read permission set ${PermissionSetArn}`, () =>
        client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })),
      );
      if (answer === undefined) return undefined;
      const { PermissionSet } = answer;
      const name = answered(PermissionSet?.Name, `the name of permission set ${PermissionSetArn}`);
      const duration = answered(PermissionSet?.SessionDuration, `the session duration of permission set ${name}`);
      return { arn: PermissionSetArn, name, sessionDurationMinutes: sessionDurationMinutes(duration, name) };
    },

    async tagsOf(ResourceArn: string): Promise<Tags | undefined> {
      const tags = await askIfExists(`list the tags of ${ResourceArn}`, () =>
        everything(paginateListTagsForResource({ client }, { InstanceArn, ResourceArn }), (page) => page.Tags),
      );
      return tags && toTags(tags);
    },

    async provisionedIn(AccountId: string): Promise<ReadonlySet<string>> {
      const arns = await ask(`list the permission sets provisioned in account ${AccountId}`, () =>
        everything(paginateListPermissionSetsProvisionedToAccount(listing, { InstanceArn, AccountId }), (page) => page.PermissionSets),
      );
      return new Set(arns);
    },
  };
}
export type IdentityCenterQuestions = ReturnType<typeof identityCenterQuestions>;

/** The permission sets of an instance, with as few calls as possible. */
export interface PermissionSets {
  find(arnOrName: string): Promise<DirectoryPermissionSet | undefined>;
  /** All of them; `at` is when the oldest was read. */
  all(): Promise<Loaded<readonly DirectoryPermissionSet[]>>;
}

/**
 * AWS lists permission sets by ARN alone and tells one name in each call, and all of Identity Center's API shares twenty calls
 * a second, which removals of access need more than we do. So they are read one after the other, each is kept for itself (a
 * throttle half-way loses nothing that was read), and a name is learned once: UpdatePermissionSet cannot change it.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_UpdatePermissionSet.html
 */
export function createPermissionSets(instance: IdentityCenterQuestions, keep: <T>(load: () => Promise<T>) => Refreshed<T>): PermissionSets {
  const arns = keep(() => instance.permissionSetArns());
  const kept = new Map<string, Refreshed<DirectoryPermissionSet | undefined>>();
  const names = new Map<string, string>();

  const read = async (arn: string): Promise<Loaded<DirectoryPermissionSet | undefined>> => {
    const one = kept.get(arn) ?? keep(() => instance.permissionSet(arn));
    kept.set(arn, one);
    const loaded = await one.current();
    if (loaded.value !== undefined) names.set(arn, loaded.value.name);
    return loaded;
  };
  const named = async (name: string, listed: readonly string[]): Promise<DirectoryPermissionSet | undefined> => {
    const known = listed.find((arn) => names.get(arn) === name);
    if (known !== undefined) return (await read(known)).value;
    for (const arn of listed.filter((one) => !names.has(one))) {
      const { value } = await read(arn);
      if (value?.name === name) return value;
    }
    return undefined;
  };

  return {
    find: (arnOrName) =>
      arns.find(async (listed) => (listed.includes(arnOrName) ? (await read(arnOrName)).value : named(arnOrName, listed))),
    async all() {
      const { value: listed, at } = await arns.current();
      const loaded: Loaded<DirectoryPermissionSet | undefined>[] = [];
      for (const arn of listed) loaded.push(await read(arn));
      const existing = loaded.map(({ value }) => value).filter((value) => value !== undefined);
      return { value: existing, at: Math.min(at, ...loaded.map((one) => one.at)) };
    },
  };
}
