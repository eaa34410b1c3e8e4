import { whoSays, type Context } from '../../context.ts';
import { localTarget } from '../../cloud/deployment.ts';
import { misused, type ExitCode } from '../../failure.ts';
import { changesBetween } from '../../../../policies/src/changes.ts';
import { applyChanges } from '../../policies/apply-changes.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { submitChange } from '../../policies/submit.ts';
import type { Answer } from '../../../../policies/src/answer.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { told } from './plan.ts';

export interface ApplyOptions {
  readonly as?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `team policies apply` */
export async function apply(context: Context, folder: string, { as, json }: ApplyOptions): Promise<ExitCode> {
  const { connection, ownCommand } = context;
  const by = whoSays(as);
  if (connection.target.aws === true && connection.target.source === localTarget.source) throw misused('at AWS, say the --source of the emitter as which you submit');
  const { names } = await readNames(connection);
  const changes = changesBetween(await readStanding(connection), readFolder(folder, names));
  return applyChanges(
    context,
    changes.map((change) => ({ ...told(change), change })),
    {
      async submit({ change }) {
        const { changeId, outcome, text, reasons } = await submitChange(context, change, by);
        return { changeId, outcome: outcomes[outcome], text: withNames(text, names), reasons: reasons.map(({ code, message }) => ({ code, message: withNames(message, names) })) };
      },
      next: (changeId) => `: ${ownCommand} policies agree ${changeId} --as ANOTHER-ADMINISTRATOR`,
      json: json === true,
    },
  );
}

const outcomes = { changed: 'in-force', proposed: 'waits', refused: 'refused' } as const satisfies Record<Answer['outcome'], string>;
