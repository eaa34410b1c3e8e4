/** One thing wrong in a file that somebody wrote. `line` counts from 1, and is not given where it cannot be told. */
export interface FileProblem {
  readonly file: string;
  readonly line: number | undefined;
  /** Where in the document: `Accounts[3].Id`; empty for the document itself. */
  readonly path: string;
  readonly reason: string;
}

/** Everything wrong in the files given, at once. Nothing of them was taken. */
export class FileProblemsError extends Error {
  override readonly name = 'FileProblemsError';
  readonly code = 'ERR_BAD_FILE';
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super(`${problems.length} problem${problems.length === 1 ? '' : 's'}, nothing was loaded:\n${problems.map(lineOfText).join('\n')}`);
    this.problems = problems;
  }
}

const lineOfText = ({ file, line, path, reason }: FileProblem): string => `  ${file}${line === undefined ? ':' : `:${line}`} ${path === '' ? '' : `${path}: `}${reason}`;

/** `['Accounts', 3, 'Id']` as people write it: `Accounts[3].Id`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`),
    '',
  );
}
