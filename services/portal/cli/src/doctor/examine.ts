import { exitCodes, type Failure } from '../failure.ts';
import { isAboutCaller } from './aws-failure.ts';
import { NothingToLookAt, type Check, type Examination } from './examination.ts';
import { notChecked, problem, type Finding } from './finding.ts';

/** What AWS, and what stands in for it, answers to what it does not have. */
const notThere = new Set(['NotImplementedByLocalCloud', 'UnknownOperationException']);

/** Runs one check; what it could not find out is a finding as well. Rejects for our own mistakes and where nothing answers at all. */
export async function examine(check: Check, examination: Examination, forPeople: (error: unknown) => Failure | undefined): Promise<readonly Finding[]> {
  try {
    return await check.run(examination);
  } catch (error) {
    if (isAboutCaller(error)) throw error;
    return [explained(check.name, error, examination, forPeople)];
  }
}

function explained(name: string, error: unknown, { calls }: Examination, forPeople: (error: unknown) => Failure | undefined): Finding {
  const chain = causesOf(error);
  const nothing = chain.find((cause) => cause instanceof NothingToLookAt);
  if (nothing !== undefined) return notChecked(name, nothing.message);
  const action = chain.map((cause) => calls.actionOf(cause)).find((found) => found !== undefined) ?? 'a call';
  const answer = chain.find((cause) => cause.name !== 'Error' && calls.actionOf(cause) !== undefined);
  if (answer !== undefined && notThere.has(answer.name)) return notChecked(name, `what answers has no ${action}`);
  if (answer !== undefined && /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(answer.name)) {
    return problem(name, `not allowed to ask: ${answer.message}`, `allow ${action} to whoever runs this`);
  }
  const failure = forPeople(error);
  if (failure === undefined || failure.exitCode === exitCodes.unreachable) throw error;
  return problem(name, `could not be asked (${action}): ${failure.message}`, 'try again; where it stays so, the message says what is wrong');
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
