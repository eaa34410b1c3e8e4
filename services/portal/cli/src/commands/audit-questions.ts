import { requestsAnswer, type RequestsBy, type RequestsQuestion } from '@team/contracts';
import { askFunction } from '../cloud/ask-function.ts';
import type { Auditor } from '../auditor.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { sayRequests, type Form } from '../print/request-pages.ts';
import { momentOf } from '../timestamp.ts';

export interface Period {
  readonly from?: string;
  readonly to?: string;
}

export interface ByOptions extends Period, Form {
  readonly person?: string;
  readonly approver?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly ticket?: string;
  readonly emitter?: string;
  readonly status?: RequestsBy['status'];
  readonly breakGlass?: true;
}

/** A question without how much of the answer is wanted, and from where on. */
type Asked<Question = RequestsQuestion> = Question extends RequestsQuestion ? Omit<Question, 'after' | 'limit'> : never;

/** `team audit requests` */
export async function requests(auditor: Auditor, options: ByOptions): Promise<ExitCode> {
  const { person, approver, account: accountId, permissionSet, ticket, emitter, status, breakGlass } = options;
  return answer(auditor, { op: 'requests', by: { person, approver, accountId, permissionSet, ticket, emitter, status, breakGlass }, ...(await periodOf(auditor, options)) }, options);
}

/** `team audit who-could-reach` */
export const whoCouldReach = async (auditor: Auditor, accountId: string, options: Form & { readonly at: string }): Promise<ExitCode> =>
  answer(auditor, { op: 'who-could-reach', accountId, at: await momentOf(options.at, '--at', auditor) }, options);

/** `team audit held` */
export const held = async (auditor: Auditor, person: string, options: Form & Required<Period>): Promise<ExitCode> =>
  answer(auditor, { op: 'held', person, from: await momentOf(options.from, '--from', auditor), to: await momentOf(options.to, '--to', auditor) }, options);

/** `team audit quick-approvals` */
export const quickApprovals = async (auditor: Auditor, options: Form & Period & { readonly within: number }): Promise<ExitCode> =>
  answer(auditor, { op: 'quick-approvals', withinSeconds: options.within, ...(await periodOf(auditor, options)) }, options);

/** `team audit unreviewed` */
export const unreviewed = async (auditor: Auditor, options: Form & Period): Promise<ExitCode> => answer(auditor, { op: 'unreviewed', ...(await periodOf(auditor, options)) }, options);

/** `team audit unused` */
export const unused = async (auditor: Auditor, options: Form & Period & { readonly onlyReads?: true }): Promise<ExitCode> =>
  answer(auditor, { op: 'unused', kind: options.onlyReads === true ? 'only-reads' : 'unused', ...(await periodOf(auditor, options)) }, options);

/** `team audit stalled` */
export const stalled = (auditor: Auditor, options: Form): Promise<ExitCode> => answer(auditor, { op: 'stalled' }, options, exitCodes.refused);

async function periodOf(auditor: Auditor, { from, to }: Period) {
  const moment = async (text: string | undefined, option: string) => (text === undefined ? undefined : momentOf(text, option, auditor));
  return { from: await moment(from, '--from'), to: await moment(to, '--to') };
}

/** At the AWS APIs: what asks the audit service's function. */
export const auditorOf = ({ connection, bus, say, remark, roomForMore, signal }: Context): Auditor => ({
  ...{ say, remark, signal },
  ...(roomForMore === undefined ? {} : { roomForMore }),
  describe: () => bus.describe(),
  ask: (question) => askFunction(connection, 'audit', question, requestsAnswer),
});

async function answer(auditor: Auditor, question: Asked, form: Form, whereFound: ExitCode = exitCodes.ok): Promise<ExitCode> {
  const count = await sayRequests(auditor, form, (page) => auditor.ask({ ...question, ...page }));
  return count === 0 ? exitCodes.ok : whereFound;
}
