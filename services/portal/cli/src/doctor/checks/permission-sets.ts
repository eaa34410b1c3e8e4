import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { ok, warning } from '../finding.ts';

/**
 * Permission sets that TEAM cannot grant, since a delegated administrator manages none that is provisioned in the management account.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html
 */
export const grantableCheck: Check = {
  name: 'permission sets to grant',
  prerequisite: true,
  async run(examination) {
    const directory = await examination.directory();
    const { permissionSets } = await directory.snapshot();
    const outOfReach = await directory.permissionSetsInManagementAccount();
    const names = permissionSets.filter(({ arn }) => outOfReach.has(arn)).map(({ name }) => name);
    if (names.length === 0) return [ok(this.name, `${counted(permissionSets.length, 'permission set')}, none of them provisioned in the management account`)];
    const found = `${counted(names.length, 'permission set')} of ${permissionSets.length} cannot be granted, being provisioned in the management account: ${names.join(', ')}`;
    return [warning(this.name, found, 'make others of the same content for the other accounts, or take their assignments in the management account away')];
  },
};

/** Permission sets whose sessions go on after the longest grant: credentials outlive the access that they were issued for. */
export const sessionsCheck: Check = {
  name: 'session durations',
  prerequisite: true,
  async run(examination) {
    const { options } = examination;
    const minutes = options.grantMinutes ?? (options.prerequisites === true ? undefined : (await examination.policies()).limits?.maximumDurationMinutes);
    const { permissionSets } = await (await examination.directory()).snapshot();
    if (minutes === undefined) {
      const longest = permissionSets.map(({ name, sessionDurationMinutes }) => `${name} ${sessionDurationMinutes} min`).join(', ');
      return [ok(this.name, `not compared: no limits are laid down, and no --grant-minutes was given. ${longest}`)];
    }
    const longer = permissionSets.filter(({ sessionDurationMinutes }) => sessionDurationMinutes > minutes);
    if (longer.length === 0) return [ok(this.name, `no session lasts longer than a grant of ${minutes} minutes`)];
    const found = `sessions last longer than a grant of ${minutes} minutes: ${longer.map(({ name, sessionDurationMinutes }) => `${name} ${sessionDurationMinutes} min`).join(', ')}`;
    return [warning(this.name, found, 'shorten their session durations: whoever signed in just before the end keeps credentials for as long')];
  },
};
