/** One file of the project: `path` from the root with forward slashes, `text` as it stands on disk. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A rule about the files themselves, which neither the type check nor the linter nor the import table can see. */
export interface Rule {
  readonly name: string;
  readonly why: string;
  /** Returns one line per violation, beginning with the path; nothing when all is well. */
  find(files: readonly SourceFile[]): string[];
}

/** The lines of `file` in which `pattern` (without the g flag) occurs, as `path:line: text`. */
export function linesMatching(file: SourceFile, pattern: RegExp): string[] {
  return file.text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim().slice(0, 160)}`] : []));
}
