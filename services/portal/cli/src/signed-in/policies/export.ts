import type { PolicyKind } from '../../../../api/src/contract/index.ts';
import type { ExitCode } from '../../failure.ts';
import { writePolicies } from '../../policies/write-folder.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** In which file policies of a kind are written. */
const fileOf: Readonly<Record<PolicyKind, string>> = { ApproverPolicy: 'approvers.yaml', Bundle: 'bundles.yaml', EligibilityPolicy: 'eligibility.yaml', Limits: 'limits.yaml' };

/** Writes the policies in force as the portal has them: each is a document with names already. */
export async function exportAtPortal(context: PortalContext, folder: string, mayReplace: boolean): Promise<ExitCode> {
  const { policies } = await (await signedIn(context)).policies();
  const byFile = Map.groupBy(policies, ({ kind }) => fileOf[kind]);
  const files = new Map([...byFile].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([file, ofKind]) => [file, ofKind.map(({ text }) => text).join('---\n')]));
  const missing = policies.flatMap(({ kind, id, unknownIds }) => unknownIds.map((unknown) => ({ policy: kind === 'Limits' ? kind : id, id: unknown })));
  return writePolicies(context, { files, missing }, folder, mayReplace);
}
