import { whoApprovesAll, type Explanation, type HypotheticalRequest, type WhoApproves } from '@team/contracts';
import { askFunction } from '../../cloud/ask-function.ts';
import type { Connection } from '../../cloud/connection.ts';
import type { Context } from '../../context.ts';
import { exitCodes, misused, type ExitCode } from '../../failure.ts';
import type { ExplainOptions } from '../../policies/explain-options.ts';
import { explainAll } from '../../policies/explanation.ts';
import { readNames } from '../../policies/files.ts';
import { explanationLines } from '../../print/explanation-lines.ts';
import { printable } from '../../print/printable.ts';
import { timestampOf } from '../../timestamp.ts';

/** `team policies explain` */
export async function explain({ connection, say }: Context, { user, account, permissionSet, minutes: wanted, ticket, why, start, breakGlass, json }: ExplainOptions): Promise<ExitCode> {
  const { names } = await readNames(connection);
  const found = names.accounts.idOf(account);
  if ('reason' in found) throw misused(found.reason);
  const asked: HypotheticalRequest = {
    requester: user,
    accountId: found.id,
    permissionSet,
    durationMinutes: wanted ?? 60,
    ...(ticket === undefined ? {} : { ticketId: ticket }),
    ...(why === undefined ? {} : { justification: why }),
    ...(start === undefined ? {} : { startAt: timestampOf(start, '--start') }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
  const [explanation] = await explainAll(connection, [asked]);
  if (explanation === undefined) throw new TypeError('one was asked about and nothing answered');
  const approvers = await approversFor(connection, explanation);
  if (json === true) say(JSON.stringify({ ...explanation, ...(approvers === undefined ? {} : { approvers }) }, undefined, 2));
  else for (const line of explanationLines({ ...explanation, ...namesIn(explanation) }, approvers)) say(printable(line));
  return explanation.allowed ? exitCodes.ok : exitCodes.refused;
}

const namesIn = ({ requester, target }: Explanation) => ({ person: requester?.userName, accountName: target?.accountName, permissionSetName: target?.permissionSetName });

async function approversFor(connection: Connection, { requester, target, approvalRequired, allowed }: Explanation): Promise<WhoApproves | undefined> {
  if (requester === undefined || target === undefined || (allowed && approvalRequired !== true)) return undefined;
  const { accountId, permissionSetArn } = target;
  const asked = [{ requester: requester.userId, accountId, permissionSetArn }];
  const { answers } = await askFunction(connection, 'approval', { op: 'approvers', asked }, whoApprovesAll);
  return answers[0];
}
