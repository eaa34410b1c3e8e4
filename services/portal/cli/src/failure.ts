import { printable } from './print/printable.ts';

/** How `team` ends. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, unreachable: 3, signIn: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Something that a person can understand and mend; the message is all they need. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** It was understood and not done, or a problem was found. */
export const refused = (message: string, cause?: unknown): Failure => new Failure(exitCodes.refused, message, { cause });
/** It was not asked for in a way that can be understood. */
export const misused = (message: string, cause?: unknown): Failure => new Failure(exitCodes.usage, message, { cause });

/** Nobody is signed in, or not recently enough for what is to be done. */
export const signInFirst = (message: string, cause?: unknown): Failure => new Failure(exitCodes.signIn, message, { cause });
/** Nothing answers, or something else does. */
export const unreachable = (message: string, cause?: unknown): Failure => new Failure(exitCodes.unreachable, message, { cause });

/** https://nodejs.org/api/errors.html#common-system-errors, and what the SDK's HTTP handler reports. */
const noAnswer = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'TimeoutError']);
const unknownCaller = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'IncompleteSignature']);

/** https://nodejs.org/api/errors.html#common-system-errors: what is wrong with a file or a folder that a person can mend. */
const fileErrors: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'it may not be read or written'],
  ['EPERM', 'it may not be read or written'],
  ['EROFS', 'its file system cannot be written to'],
  ['EISDIR', 'a file was expected and this is a folder'],
  ['ERR_FS_EISDIR', 'a file was expected and this is a folder'],
  ['ENOTDIR', 'a folder was expected and this is a file'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENOSPC', 'its disk is full'],
]);

/** Does something with a file. Throws `Failure` (usage) that names it for what the operating system says of it and a person can mend. */
export function withFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ofFile(error, file) ?? error;
  }
}

/** An error of the operating system about a file as one for people; `file` names it where the error does not. `undefined` for any other. */
export function ofFile(error: unknown, file: string | undefined): Failure | undefined {
  const [code, call] = [textOf(error, 'code'), textOf(error, 'syscall')];
  const words = call === 'mkdir' && code === 'EEXIST' ? fileErrors.get('ENOTDIR') : fileErrors.get(code);
  const about = file ?? textOf(error, 'path');
  return words === undefined || about === '' ? undefined : misused(`${printable(about)}: ${words}`, error);
}

/** Any error of a call to `endpoint` as one for people; `undefined` for what is our own mistake and deserves its stack trace. */
export function forPeople(error: unknown, endpoint: string): Failure | undefined {
  const chain = causesOf(error);
  const failure = chain.find((cause) => cause instanceof Failure);
  if (failure !== undefined) return failure;
  const file = chain.map((cause) => ofFile(cause, undefined)).find((cause) => cause !== undefined);
  if (file !== undefined) return file;
  if (chain.some((cause) => noAnswer.has(textOf(cause, 'code')) || noAnswer.has(textOf(cause, 'name')))) {
    const message = `nothing answers at ${endpoint}. Run \`npm start\` in another terminal, or say where it runs with --endpoint or TEAM_ENDPOINT.`;
    return new Failure(exitCodes.unreachable, message, { cause: error });
  }
  // The SDK adds `$response` to what comes of an answer, and `$metadata` to any error at all.
  const answer = chain.find((cause) => typeof cause === 'object' && cause !== null && '$response' in cause);
  if (answer === undefined) return undefined;
  const [name, message] = [textOf(answer, 'name'), textOf(answer, 'message')];
  if (answer instanceof SyntaxError || name === 'Unknown' || name === 'UnknownError') {
    return new Failure(exitCodes.unreachable, `what answers at ${endpoint} does not speak the AWS APIs: is it the local run of TEAM?`, { cause: error });
  }
  if (unknownCaller.has(name)) {
    return refused(`${endpoint} does not know who is calling (${name}): this command works with the local run that \`npm start\` serves.`, error);
  }
  return refused(`${name}: ${message}`, error);
}

/** The error, its cause, that one's cause, …; the errors inside an `AggregateError` as well. */
function causesOf(error: unknown): unknown[] {
  if (error === undefined || error === null) return [];
  const inside = error instanceof AggregateError ? error.errors.flatMap(causesOf) : [];
  return [error, ...inside, ...(error instanceof Error ? causesOf(error.cause) : [])];
}

function textOf(value: unknown, key: string): string {
  const member = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  return typeof member === 'string' ? member : '';
}
