import { ListParentsCommand, paginateListDelegatedAdministrators, paginateListRoots } from '@aws-sdk/client-organizations';
import type { Check, Examination } from '../examination.ts';
import { ok, problem } from '../finding.ts';

const servicePrincipal = 'sso.amazonaws.com';

/** Who calls. */
export const callerCheck: Check = {
  name: 'caller',
  prerequisite: true,
  async run({ caller }) {
    const { account, arn } = await caller();
    return [ok('caller', `${arn} in account ${account}`)];
  },
};

/**
 * TEAM's account administers IAM Identity Center by delegation, and is not the management account, whose rights are bounded by no policy
 * of the organization. https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html
 */
export const delegationCheck: Check = {
  name: 'delegated administrator',
  prerequisite: true,
  async run(examination) {
    const { account } = await examination.caller();
    const management = await examination.managementAccount();
    if (account === management) {
      return [problem(this.name, `account ${account} is the management account of the organization`, 'deploy TEAM into a member account and register that one as delegated administrator')];
    }
    const administrators = await registered(examination);
    if (administrators.includes(account)) return [ok(this.name, `account ${account} administers IAM Identity Center for the organization of ${management}`)];
    const found = `account ${account} is not registered; ${administrators.length === 0 ? 'no account is' : `registered: ${administrators.join(', ')}`}`;
    const todo = `in the management account: aws organizations register-delegated-administrator --account-id ${account} --service-principal ${servicePrincipal}`;
    return [problem(this.name, found, todo)];
  },
};

/** The organization can be read from its root to TEAM's own account. */
export const organizationCheck: Check = {
  name: 'organization',
  prerequisite: true,
  async run(examination) {
    const { organizations } = examination.clients;
    const { account } = await examination.caller();
    const roots: (string | undefined)[] = [];
    for await (const { Roots = [] } of paginateListRoots({ client: organizations }, {})) roots.push(...Roots.map(({ Id }) => Id));
    await organizations.send(new ListParentsCommand({ ChildId: account }));
    const { accounts, organizationalUnits } = await (await examination.directory()).snapshot();
    const unusable = accounts.filter(({ status }) => status !== 'ACTIVE').length;
    return [ok(this.name, `root ${roots.join(', ')}, ${organizationalUnits.length} units, ${accounts.length} accounts, ${unusable} of them not active`)];
  },
};

async function registered({ clients }: Examination): Promise<string[]> {
  const ids: string[] = [];
  const pages = paginateListDelegatedAdministrators({ client: clients.organizations }, { ServicePrincipal: servicePrincipal });
  for await (const { DelegatedAdministrators = [] } of pages) ids.push(...DelegatedAdministrators.map(({ Id = '' }) => Id));
  return ids;
}
