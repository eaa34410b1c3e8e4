import { readFileSync } from 'node:fs';
import { FileProblemsError, lineAt, pathText, type FileProblem } from '@team/policies';
import { LineCounter, parseDocument } from 'yaml';
import { brokenRules, type BrokenRule } from './organization-rules.ts';
import { jsonFaultLine } from './json-fault-line.ts';
import { organization, type Organization } from './organization.ts';

/**
 * Reads an organization from a JSON file in the shape in which AWS answers.
 * Throws `FileProblemsError` with every problem, its line and its reason.
 *
 * @example loadOrganization('fixtures/organization.json').Accounts.length
 */
export function loadOrganization(file: string): Organization {
  return parseOrganization(readFileSync(file, 'utf8'), file);
}

/** As `loadOrganization`, from text; `file` only names it in problems. */
export function parseOrganization(text: string, file: string): Organization {
  const parsed = organization.safeParse(jsonOf(text, file));
  // What the schema refuses cannot be checked further: shapes first, then what they refer to.
  const broken: readonly BrokenRule[] = parsed.success
    ? brokenRules(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path, reason: message }));
  if (parsed.success && broken.length === 0) return parsed.data;
  throw new FileProblemsError(located(broken, text, file));
}

// Lines cost a second parse by a slower parser, paid only where there is something to report.
function located(broken: readonly BrokenRule[], text: string, file: string): FileProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2' });
  return broken.map(({ path, reason }) => ({ file, line: lineAt(document, lines, path), path: pathText(path), reason }));
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new FileProblemsError([{ file, line: jsonFaultLine(text, error), path: '', reason: `not JSON: ${error.message}` }]);
  }
}
