import { isMap, isScalar, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import type * as z from 'zod';
import { lineAt } from './document-lines.ts';
import { ruleKeys } from './documents/eligibility-document.ts';
import { policyDocument, type PolicyDocument } from './documents/policy-document.ts';
import { noKey } from './names.ts';
import { pathText, type FileProblem } from './file-problem.ts';

/** One YAML document of a policy file. */
export interface ReadDocument {
  /** What it says it is, right or wrong. */
  readonly kind: unknown;
  /** Absent where the document is not of its kind's shape; its problems were reported then. */
  readonly content?: PolicyDocument;
  /** Adds a problem at a place of this document. */
  readonly report: Report;
}

/** Told about each problem, and where in the document it stands. */
export type Report = (path: readonly PropertyKey[], reason: string) => void;

/** The documents of a file; what is wrong with them is added to `problems`. */
export function readPolicyFile(text: string, file: string, problems: FileProblem[]): ReadDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.2' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    for (const error of document.errors) {
      problems.push({ file, line: error.linePos?.[0].line ?? 1, path: '', reason: `not YAML: ${firstLine(error.message)}` });
    }
    // Nothing but comments, or nothing that could be understood.
    if (document.contents === null || document.errors.length > 0) return [];
    const faults = keyFaults(document);
    for (const { offset, key } of faults) problems.push({ file, line: lines.linePos(offset).line, path: '', reason: `${key} cannot be a key; write numbers in quotes` });
    if (faults.length > 0) return [];
    const report: Report = (path, reason) => {
      problems.push({ file, line: lineAt(document, lines, path), path: pathText(path), reason });
    };
    return [readDocument(document, report)];
  });
}

/** Keys that YAML reads as something else than text (`0123`, a list) come out as other text than was written, and one name JavaScript keeps to itself. */
function keyFaults(document: Document): { readonly offset: number; readonly key: string }[] {
  const faults: { offset: number; key: string }[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value === 'string' && key.value !== noKey) return;
      faults.push(isScalar(key) ? { offset: key.range?.[0] ?? 0, key: key.source ?? String(key.value) } : { offset: 0, key: 'what is no text' });
    },
  });
  return faults;
}

function readDocument(document: Document, report: Report): ReadDocument {
  const kind = isMap(document.contents) ? document.contents.get('kind') : undefined;
  const content = plain(document);
  if ('reason' in content) {
    report([], content.reason);
    return { kind, report };
  }
  const parsed = policyDocument.safeParse(content.value, { error: missing });
  if (parsed.success) return { kind, content: parsed.data, report };
  for (const issue of parsed.error.issues) reportIssue(issue, content.value, report);
  return { kind, report };
}

/** As plain values. Aliases that unfold without bound are refused by the parser. */
function plain(document: Document): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return { reason: `not YAML: ${error.message}` };
    throw error;
  }
}

const missing = ({ code, input }: z.core.$ZodRawIssue): string | undefined => (code === 'invalid_type' && input === undefined ? 'is missing' : undefined);

function reportIssue(issue: z.core.$ZodIssue, document: unknown, report: Report): void {
  if (issue.code !== 'unrecognized_keys') return report(issue.path, issue.message);
  const denies = issue.path.length === 0 && denying(document);
  for (const key of issue.keys) {
    report([...issue.path, key], denies && ruleKeys.has(key) ? 'a policy that denies has no rules: leave it out' : (notHere[key] ?? 'is not a key of this kind of document'));
  }
}

/** Keys of one kind of document that people look for in others. */
const notHere: Readonly<Record<string, string>> = { accountTags: 'only eligibility policies tell accounts by tags; name accounts or organizational units' };

const denying = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'effect' in document && document.effect === 'deny' && 'kind' in document && document.kind === 'EligibilityPolicy';

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
