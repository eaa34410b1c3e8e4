import type { ChangeOutcome } from '../../../api/src/contract/index.ts';
import type { Output } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { changeLine, type ToldChange } from '../print/plan-lines.ts';
import { counted, printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import { patiently } from './patiently.ts';

/** How changes are submitted at a place, and what is to be done there about one that waits. */
interface Applying<Change> {
  readonly submit: (change: Change) => Promise<ChangeOutcome>;
  readonly next: (changeId: string) => string;
  readonly json: boolean;
}

type Applied = Pick<ToldChange, 'kind' | 'id'> & Omit<ChangeOutcome, 'text'> & { readonly text?: string };

/** Submits one change after the other, and says what became of each. As JSON also where something keeps the next from it: what was submitted counts. */
export async function applyChanges<Change extends ToldChange>({ say, pause }: Pick<Output, 'say'> & { pause(ms: number): Promise<void> }, changes: readonly Change[], { submit, next, json }: Applying<Change>): Promise<ExitCode> {
  const applied: Applied[] = [];
  const tell = (line: string): void => (json ? undefined : say(printable(line)));
  try {
    for (const change of changes) {
      const { kind, id, waiting } = change;
      if (waiting !== undefined) {
        tell(changeLine(change));
        applied.push({ kind, id, changeId: waiting, outcome: 'waits', reasons: [] });
        continue;
      }
      const answer = await patiently({ pause: (ms) => pause(ms) }, () => submit(change));
      applied.push({ kind, id, ...answer });
      tell(`${changeLine(change)}: ${answer.outcome === 'refused' ? 'refused' : answer.text}`);
      for (const reason of answer.reasons) tell(`    ${whyLine(reason)}`);
      if (answer.outcome === 'waits') tell(`    Next${next(answer.changeId)}`);
    }
  } finally {
    if (json) say(JSON.stringify(applied, undefined, 2));
  }
  const count = (outcome: ChangeOutcome['outcome']): number => applied.filter((one) => one.outcome === outcome).length;
  tell(changes.length === 0 ? 'Nothing is to be changed.' : `${counted(count('in-force'), 'change')} in force, ${count('waits')} waiting for a second administrator, ${count('refused')} refused.`);
  return count('refused') > 0 ? exitCodes.refused : exitCodes.ok;
}
