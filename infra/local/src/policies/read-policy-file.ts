import { isMap, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type * as z from 'zod';
import { lineAt, pathText, type FileProblem } from '../identity/index.ts';
import { policyDocument, type PolicyDocument } from './policy-documents.ts';

/** One YAML document of a policy file. */
export interface ReadDocument {
  /** What it says it is, right or wrong. */
  readonly kind: unknown;
  /** Absent where the document is not of its kind's shape; its problems were reported then. */
  readonly content?: PolicyDocument;
  /** Adds a problem at a place of this document. */
  readonly report: (path: readonly PropertyKey[], reason: string) => void;
}

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
    const report: ReadDocument['report'] = (path, reason) => {
      problems.push({ file, line: lineAt(document, lines, path), path: pathText(path), reason });
    };
    return [readDocument(document, report)];
  });
}

function readDocument(document: Document, report: ReadDocument['report']): ReadDocument {
  const kind = isMap(document.contents) ? document.contents.get('kind') : undefined;
  const parsed = policyDocument.safeParse(document.toJS());
  if (parsed.success) return { kind, content: parsed.data, report };
  for (const issue of parsed.error.issues) reportIssue(issue, report);
  return { kind, report };
}

function reportIssue(issue: z.core.$ZodIssue, report: ReadDocument['report']): void {
  if (issue.code !== 'unrecognized_keys') return report(issue.path, issue.message);
  for (const key of issue.keys) report([...issue.path, key], 'is not a key of this kind of document');
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
