import { createHash } from 'node:crypto';

/** What happened in a run, line by line, with the run's own time. The same run writes the same lines. */
export interface Log {
  say(text: string): void;
  readonly lines: readonly string[];
  /** SHA-256 of all lines. */
  digest(): string;
}

/** A log whose times count from `startMs`. */
export function createLog(startMs: number, now: () => number): Log {
  const lines: string[] = [];
  return {
    say: (text) => void lines.push(`${clockTime(now() - startMs)} ${text}`),
    lines,
    digest: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}

/** `3:07:12.040` */
function clockTime(ms: number): string {
  const part = (value: number, digits: number): string => String(value).padStart(digits, '0');
  return `${Math.floor(ms / 3_600_000)}:${part(Math.floor(ms / 60_000) % 60, 2)}:${part(Math.floor(ms / 1_000) % 60, 2)}.${part(Math.floor(ms % 1_000), 3)}`;
}
