import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { approverPolicy, eligibilityPolicy, emitterRegistration, limits } from '@team/contracts';
import type { ApproverPolicy, EligibilityPolicy, EmitterRegistration, Limits } from '@team/contracts';
import type * as z from 'zod';
import { FileProblemsError, type FileProblem, type Organization } from '../identity/index.ts';
import { organizationNames } from './organization-names.ts';
import { readPolicyFile, type ReadDocument } from './read-policy-file.ts';
import { resolver } from './resolve-document.ts';

/** All policies of a folder, names resolved to ids. */
export interface LoadedPolicies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  readonly limits: Limits;
  readonly emitters: readonly EmitterRegistration[];
}

/**
 * Reads every `*.yaml` and `*.yml` of a folder; a file may hold several documents of any kind.
 * Throws `FileProblemsError` with every problem of every file; then nothing was loaded.
 *
 * @example loadPolicies('fixtures/policies', loadOrganization('fixtures/organization.json')).limits.openRequestsPerUser
 */
export function loadPolicies(folder: string, organization: Organization): LoadedPolicies {
  const problems: FileProblem[] = [];
  const documents = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name))
    .flatMap((file) => readPolicyFile(readFileSync(file, 'utf8'), file, problems));

  reportRepeats(documents);
  const [eligibility, approvers, limitsFound, emitters] = resolveAll(documents, organization, problems);
  if (!documents.some((document) => document.kind === 'Limits')) {
    problems.push({ file: folder, line: 1, path: '', reason: 'no document of kind Limits in any file' });
  }
  const [only] = limitsFound;
  if (problems.length > 0 || only === undefined) throw new FileProblemsError(problems);
  return { eligibility, approvers, limits: only, emitters };
}

type Resolved = [EligibilityPolicy[], ApproverPolicy[], Limits[], EmitterRegistration[]];

function resolveAll(documents: readonly ReadDocument[], organization: Organization, problems: readonly FileProblem[]): Resolved {
  const names = organizationNames(organization);
  const resolved: Resolved = [[], [], [], []];
  for (const { content, report } of documents) {
    if (content === undefined) continue;
    const resolve = resolver(names, report);
    const before = problems.length;
    /** Bounds on lists make sense once every name of them was found. */
    const bounded = <T>(schema: z.ZodType<T>, policy: T): T => {
      if (problems.length > before) return policy;
      for (const issue of schema.safeParse(policy).error?.issues ?? []) report(asWritten(issue.path), issue.message);
      return policy;
    };
    if (content.kind === 'EligibilityPolicy') resolved[0].push(bounded(eligibilityPolicy, resolve.eligibility(content)));
    else if (content.kind === 'ApproverPolicy') resolved[1].push(bounded(approverPolicy, resolve.approver(content)));
    else if (content.kind === 'Limits') resolved[2].push(bounded(limits, resolve.limits(content)));
    else resolved[3].push(bounded(emitterRegistration, resolve.emitter(content)));
  }
  return resolved;
}

/** Names are unique within their kind, an emitter's role as well (it is how a caller is told), and there is one Limits. */
function reportRepeats(documents: readonly ReadDocument[]): void {
  const seen = new Set<string>();
  const claim = (report: ReadDocument['report'], key: string, path: readonly PropertyKey[], reason: string): void => {
    if (seen.has(key)) report(path, reason);
    seen.add(key);
  };
  for (const { content, report } of documents) {
    if (content === undefined) continue;
    if (content.kind === 'Limits') claim(report, 'Limits', ['kind'], 'there is another Limits already');
    else claim(report, `${content.kind} ${content.name}`, ['name'], `there is another ${content.kind} ${content.name} already`);
    if (content.kind === 'Emitter') claim(report, `role ${content.role}`, ['role'], 'another Emitter has this role already');
  }
}

const writtenKeys: Readonly<Record<string, string>> = {
  policyId: 'name',
  groupIds: 'groups',
  userIds: 'users',
  accountIds: 'accounts',
  organizationalUnitIds: 'organizationalUnits',
  permissionSetArns: 'permissionSets',
  protectedAccountIds: 'protectedAccounts',
  roleArn: 'role',
};

/** Where a thing of the resolved policy stands in the file. */
const asWritten = (path: readonly PropertyKey[]): PropertyKey[] =>
  path.map((step) => (typeof step === 'string' ? (writtenKeys[step] ?? step) : step));
