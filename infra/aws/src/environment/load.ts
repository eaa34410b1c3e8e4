import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { environmentSchema, type Environment } from './schema.ts';

/** Where the environments' files are. */
export const environmentsFolder = path.resolve(import.meta.dirname, '../../environments');

/** A file that says something wrong, or none; `problems` are all that is wrong, each with line and path. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code = 'ERR_ENVIRONMENT_INVALID';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

/** The environment of this name, of the file `environments/<name>.yaml`. Throws `EnvironmentError`. */
export function loadEnvironment(name: string, folder = environmentsFolder): Environment {
  const known = existsSync(folder) ? readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [path.basename(file, '.yaml')] : [])) : [];
  if (!known.includes(name)) {
    throw new EnvironmentError(`environments/${name}.yaml`, [`there is no such file; there are: ${known.join(', ') || 'none'}`]);
  }
  const environment = readEnvironment(readFileSync(path.join(folder, `${name}.yaml`), 'utf8'), `environments/${name}.yaml`);
  if (environment.name !== name) throw new EnvironmentError(`environments/${name}.yaml`, [`name: this file must be of the environment "${name}"`]);
  return environment;
}

/** An environment out of its text. Throws `EnvironmentError` that names everything that is wrong. */
export function readEnvironment(text: string, file: string): Environment {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new EnvironmentError(file, document.errors.map(({ message, pos }) => `line ${lineOf(pos[0])}: ${message.split('\n')[0] ?? message}`));
  }
  const result = environmentSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const steps = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    return `line ${lineOf(offsetOf(document, steps))}: ${steps.join('.') || 'the file'}: ${issue.message}`;
  });
  throw new EnvironmentError(file, problems);
}

/** Where the value of a path stands, or the nearest that exists around it. */
function offsetOf(document: Document.Parsed, steps: readonly (string | number)[]): number {
  for (let length = steps.length; length > 0; length -= 1) {
    const node = document.getIn(steps.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  }
  return 0;
}
