import type { Explanation } from '@team/contracts';
import type { Context } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { explainAll } from '../../policies/explanation.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { pastRequests, type PastTarget } from '../../policies/past-requests.ts';
import { proposedOf } from '../../policies/proposed.ts';
import { readStanding } from '../../policies/standing.ts';
import { counted, printable } from '../../print/printable.ts';
import { timestampOf } from '../../timestamp.ts';

export interface ReplayOptions {
  readonly since: string;
  readonly json?: true;
}

interface Difference extends PastTarget {
  readonly wouldBe: PastTarget['was'];
  readonly policyId?: string;
  readonly reasons: Explanation['reasons'];
  readonly text: string;
}

/** `team policies replay` */
export async function replay({ connection, trail, bus, say }: Context, folder: string, { since, json }: ReplayOptions): Promise<ExitCode> {
  const { names } = await readNames(connection);
  const proposed = proposedOf(readFolder(folder, names), await readStanding(connection));
  const { ownAccount } = await bus.describe();
  const past = await pastRequests(trail, timestampOf(since, '--since'), ownAccount);
  const explanations = await explainAll(connection, past.map(({ asked }) => asked), proposed);
  const differences = past.flatMap((one, i) => differenceOf(one, explanations[i]));
  if (json === true) {
    say(JSON.stringify({ judged: past.length, differences }, undefined, 2));
    return exitCodes.ok;
  }
  for (const { requestId, was, wouldBe, text, policyId, reasons } of differences) {
    const why = wouldBe === 'refused' ? reasons.map(({ code }) => code).join(', ') : `policy "${policyId}"`;
    say(printable(`${requestId.slice(0, 8)}  ${text}: was ${was}, would be ${wouldBe} (${why})`));
  }
  say(`${counted(past.length, 'target')} of the past judged, as people and accounts are now: ${differences.length === 0 ? 'nothing would have been otherwise' : `${differences.length} would have been otherwise`}.`);
  return exitCodes.ok;
}

function differenceOf(past: PastTarget, explanation: Explanation | undefined): Difference[] {
  if (explanation === undefined) return [];
  const { allowed, approvalRequired, policyId, reasons, requester, target } = explanation;
  const wouldBe = !allowed ? 'refused' : approvalRequired === true ? 'with approval' : 'without approval';
  if (wouldBe === past.was) return [];
  const text = `${requester?.userName ?? past.asked.requester}, ${target?.permissionSetName ?? past.asked.permissionSet} in ${target?.accountName ?? past.asked.accountId}`;
  return [{ ...past, wouldBe, ...(policyId === undefined ? {} : { policyId }), reasons, text }];
}
