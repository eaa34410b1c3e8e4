import type { ChangeOutcome, ChangeTaken } from '../../../../api/src/contract/index.ts';
import { Failure, refused } from '../../failure.ts';
import { answerWithinMs } from '../../watch.ts';
import { problemCode } from '../http-call.ts';
import type { Portal } from '../portal.ts';
import type { PortalContext } from '../portal-context.ts';

const lookEveryMs = 500;

/** What became of a change that was taken in, as soon as it is known. Throws `Failure` (refused) where nothing is heard of it for fifteen seconds. */
export async function outcomeOfChange({ pause }: Pick<PortalContext, 'pause'>, portal: Portal, taken: ChangeTaken): Promise<ChangeOutcome> {
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const seen = await look(portal, taken);
    if (seen !== undefined) return seen;
    if (waitedMs >= answerWithinMs) throw refused(`no answer to change ${taken.changeId} for ${answerWithinMs / 1_000} s. It may still be judged: look with npx team policies pending, and at what is in force`);
    await pause(lookEveryMs);
  }
}

/** Nothing where nothing is known of it yet. */
async function look(portal: Portal, taken: ChangeTaken): Promise<ChangeOutcome | undefined> {
  try {
    return await portal.change(taken);
  } catch (error) {
    if (error instanceof Failure && problemCode(error) === 'ERR_CHANGE_UNKNOWN') return undefined;
    throw error;
  }
}
