import { Document, isScalar, visit, type YAMLSeq } from 'yaml';
import type { Names } from './names.ts';
import type { Policies } from './policies.ts';
import { writer, type WrittenDocument } from './write-document.ts';

/** Policies as files with names. */
export interface ExportedPolicies {
  /** Text by file name, one file for each kind of which there is something. */
  readonly files: ReadonlyMap<string, string>;
  /** Ids that nothing has any more, and where they stand. They are written as they are; whoever reads the file is told of them. */
  readonly missing: readonly MissingId[];
}

export interface MissingId {
  readonly file: string;
  /** Name of the policy; `Limits` for the limits. */
  readonly policy: string;
  readonly id: string;
}

/**
 * Writes policies as people would: by name where a name leads to one thing alone, by id elsewhere. The same policies make the same
 * text, in whatever order they come. Read again they are the same policies.
 *
 * @example for (const [file, text] of exportPolicies(policies, names).files) writeFileSync(join(folder, file), text);
 */
export function exportPolicies({ eligibility, approvers, bundles, limits, emitters, portal }: Policies, names: Names): ExportedPolicies {
  const missing: MissingId[] = [];
  const files = new Map<string, string>();
  const write = <T>(file: string, policies: readonly T[], nameOf: (policy: T) => string, kind: (one: ReturnType<typeof writer>, policy: T) => WrittenDocument): void => {
    if (policies.length === 0) return;
    const texts = policies
      .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      .map((policy) => yamlText(kind(writer(names, (id) => missing.push({ file, policy: nameOf(policy), id })), policy)));
    files.set(file, texts.join('---\n'));
  };
  write('approvers.yaml', approvers, ({ policyId }) => policyId, (to, policy) => to.approver(policy));
  write('bundles.yaml', bundles, ({ bundleId }) => bundleId, (to, bundle) => to.bundle(bundle));
  write('eligibility.yaml', eligibility, ({ policyId }) => policyId, (to, policy) => to.eligibility(policy));
  write('emitters.yaml', emitters, ({ name }) => name, (to, emitter) => to.emitter(emitter));
  write('limits.yaml', limits === undefined ? [] : [limits], () => 'Limits', (to, one) => to.limits(one));
  write('portal.yaml', portal === undefined ? [] : [portal], () => 'Portal', (to, one) => to.portal(one));
  return { files, missing };
}

/** Short lists of names stand on one line, as people write them. */
const charactersOnLine = 100;

function yamlText(document: WrittenDocument): string {
  const written = new Document(document, { version: '1.2', keepUndefined: false });
  visit(written, {
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item)) && textLength(list) <= charactersOnLine) list.flow = true;
    },
  });
  return written.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const textLength = (list: YAMLSeq): number => JSON.stringify(list).length;
