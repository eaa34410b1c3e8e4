import { approverPolicy, bundle, eligibilityPolicy, emitterRegistration, limits, portalAccess } from '@team/contracts';
import type { ApproverPolicy, Bundle, EligibilityPolicy, EmitterRegistration, Limits, PortalAccess } from '@team/contracts';
import type * as z from 'zod';
import { FileProblemsError, type FileProblem } from './file-problem.ts';
import type { Names } from './names.ts';
import type { Policies } from './policies.ts';
import { readPolicyFile, type ReadDocument } from './read-policy-file.ts';
import { resolver } from './resolve-document.ts';

/** A file of policies. `file` only names it in problems. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Policies with ids from files with names; a file may hold several documents of any kind.
 * Throws `FileProblemsError` with every problem of every file; then nothing was taken.
 *
 * @example parsePolicies([{ file: 'eligibility.yaml', text }], organizationNames(organization)).eligibility.length
 */
export function parsePolicies(files: readonly PolicyFile[], names: Names): Policies {
  const problems: FileProblem[] = [];
  const documents = files.flatMap(({ file, text }) => readPolicyFile(text, file, problems));
  reportRepeats(documents);
  const resolved = resolveAll(documents, names, problems);
  if (problems.length > 0) throw new FileProblemsError(problems);
  return resolved;
}

function resolveAll(documents: readonly ReadDocument[], names: Names, problems: readonly FileProblem[]): Policies {
  const eligibility: EligibilityPolicy[] = [];
  const approvers: ApproverPolicy[] = [];
  const bundles: Bundle[] = [];
  const found: Limits[] = [];
  const emitters: EmitterRegistration[] = [];
  const portals: PortalAccess[] = [];
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
    if (content.kind === 'EligibilityPolicy') eligibility.push(bounded(eligibilityPolicy, resolve.eligibility(content)));
    else if (content.kind === 'ApproverPolicy') approvers.push(bounded(approverPolicy, resolve.approver(content)));
    else if (content.kind === 'Limits') found.push(bounded(limits, resolve.limits(content)));
    else if (content.kind === 'Bundle') bundles.push(bounded(bundle, resolve.bundle(content)));
    else if (content.kind === 'Portal') portals.push(bounded(portalAccess, resolve.portal(content)));
    else emitters.push(bounded(emitterRegistration, resolve.emitter(content)));
  }
  return { eligibility, approvers, bundles, limits: found[0], emitters, ...(portals[0] === undefined ? {} : { portal: portals[0] }) };
}

/** Names are unique within their kind, an emitter's role as well (it is how a caller is told), and there is one Limits and one Portal. Machines are emitters. */
function reportRepeats(documents: readonly ReadDocument[]): void {
  const seen = new Set<string>();
  const claim = (report: ReadDocument['report'], key: string, path: readonly PropertyKey[], reason: string): void => {
    if (seen.has(key)) report(path, reason);
    seen.add(key);
  };
  for (const { content, report } of documents) {
    if (content === undefined) continue;
    if (content.kind === 'Limits' || content.kind === 'Portal') claim(report, content.kind, ['kind'], `there is another ${content.kind} already`);
    else claim(report, `${content.kind} ${content.name}`, ['name'], `there is another ${content.kind} ${content.name} already`);
    if (content.kind === 'Emitter') claim(report, `role ${content.role}`, ['role'], 'another Emitter has this role already');
    if (content.kind === 'Portal') content.machineClients?.forEach(({ name }, place) => claim(report, `Emitter ${name}`, ['machineClients', place, 'name'], `there is another emitter ${name} already`));
  }
}

const writtenKeys: Readonly<Record<string, string>> = {
  policyId: 'name',
  bundleId: 'name',
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
