import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadOrganization, type Organization } from '../../../infra/local/src/identity/index.ts';
import { FileProblemsError } from '../src/file-problem.ts';
import { loadPolicies } from '../src/load-policies.ts';
import { organizationNames } from '../src/organization-names.ts';

const fixtures = fileURLToPath(new URL('../../../infra/local/fixtures/', import.meta.url));
export const policiesFolder = join(fixtures, 'policies');
export const organization: Organization = loadOrganization(join(fixtures, 'organization.json'));
export const names = organizationNames(organization);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** The fixture's policies with one more file. */
export function folderWith(text: string, name = 'more.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'team-policies-'));
  folders.push(folder);
  cpSync(policiesFolder, folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return folder;
}

/** What is wrong in a folder; its files by their last name. */
export function problemsOf(folder: string, of: Organization = organization) {
  try {
    loadPolicies(folder, organizationNames(of));
  } catch (error) {
    if (error instanceof FileProblemsError) return error.problems.map(({ file, ...rest }) => ({ file: basename(file), ...rest }));
    throw error;
  }
  return [];
}

/** An eligibility policy with these lines besides the usual ones, or instead of them. */
export const eligibility = (lines: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    kind: 'EligibilityPolicy',
    name: 'more',
    principals: '{ groups: [SRE] }',
    targets: '{ organizationalUnits: [/] }',
    permissionSets: '[ReadOnlyAccess]',
    maximumDurationMinutes: '60',
    approval: 'required',
    ...lines,
  })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');

export const groupId = (name: string, of = organization) => of.Groups.find((group) => group.DisplayName === name)?.GroupId;
export const unitId = (name: string) => organization.OrganizationalUnits.find((unit) => unit.Name === name)?.Id;
export const setArn = (name: string) => organization.PermissionSets.find((set) => set.Name === name)?.PermissionSetArn;
