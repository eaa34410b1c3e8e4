import { isOutage } from '@team/runtime';
import { DirectoryAccessError, DirectoryAnswerError, DirectoryQuestionRefusedError, DirectoryUnavailableError } from './errors.ts';

/**
 * Puts a question to AWS; what the SDK throws comes out as a directory error that says what was asked.
 * Errors that are not about AWS or the way to it pass through untouched.
 *
 * @throws DirectoryUnavailableError, DirectoryAccessError, DirectoryQuestionRefusedError
 */
export async function ask<T>(question: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asDirectoryError(question, error);
  }
}

/** Like `ask`, but `undefined` when AWS says that what was asked about does not exist. */
export async function askIfExists<T>(question: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (saysAbsent(error)) return undefined;
    throw asDirectoryError(question, error);
  }
}

/** What AWS's models mark as optional though every answer has it, and we decide by it. */
export function answered<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new DirectoryAnswerError(`AWS answered without ${what}`);
  return value;
}

/** Everything that a paginated listing answers. An empty page does not end a listing, only a missing token does; the paginators know. */
export async function everything<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

const absent = new Set(['ResourceNotFoundException', 'AccountNotFoundException', 'ChildNotFoundException', 'ParentNotFoundException', 'TargetNotFoundException']);

// An identity store encrypted with a customer's key answers ResourceNotFoundException with a reason when the *key* is gone, and one
// that does not exist names itself as the missing resource. Neither says anything about the user, group or permission set asked for.
// https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html#API_DescribeUser_Errors
function saysAbsent(error: unknown): boolean {
  const { name, Reason, ResourceType } = factsOf(error);
  return absent.has(String(name)) && Reason === undefined && ResourceType !== 'IDENTITY_STORE';
}

function asDirectoryError(question: string, error: unknown): unknown {
  const message = `could not ${question}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  if (isOutage(error)) return new DirectoryUnavailableError(message, error);
  if (!cameFromAws(error)) return error;
  return String(factsOf(error).name).startsWith('AccessDenied')
    ? new DirectoryAccessError(message, error)
    : new DirectoryQuestionRefusedError(message, error);
}

function cameFromAws(error: unknown): boolean {
  return statusOf(error) !== undefined;
}

function statusOf(error: unknown): number | undefined {
  const status = factsOf(factsOf(error).$metadata).httpStatusCode;
  return typeof status === 'number' ? status : undefined;
}

function factsOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
