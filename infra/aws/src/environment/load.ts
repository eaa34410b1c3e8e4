import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parse, parseDocument, type Document } from 'yaml';
import * as z from 'zod';
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
  const within = known.find((other) => (isWithin(other, name) || isWithin(name, other)) && accountIn(path.join(folder, `${other}.yaml`)) === environment.accounts.team);
  if (within !== undefined) {
    throw new EnvironmentError(`environments/${name}.yaml`, [`name: ${name} and ${within} are in account ${environment.accounts.team}, and what is of the one, team-<name>-…, is of the other, too; rename one`]);
  }
  return environment;
}

/** Whether everything that is named after one deployment is among what policies take for another's: `team-prod-*` is `team-prod-eu-bus`, too. */
const isWithin = (name: string, other: string): boolean => name.startsWith(`${other}-`);

/** TEAM's account as a file says it; undefined where that cannot be read, which is not this environment's mistake. */
function accountIn(file: string): string | undefined {
  try {
    return z.object({ accounts: z.object({ team: z.string() }) }).safeParse(parse(readFileSync(file, 'utf8'))).data?.accounts.team;
  } catch {
    return undefined;
  }
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
