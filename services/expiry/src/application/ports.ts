import type { AccessApprovedV1, Cause } from '@team/contracts';
import type { Command } from '../domain/decide.ts';
import type { Acceptance, Proof } from '../domain/evidence.ts';
import type { Person, RequestState } from '../domain/state.ts';

export type { Cause, Received } from '@team/contracts';

/** The requests with their grants. */
export interface Requests {
  /** Decides, stores state and facts together, publishes. Rejects with a retryable error while the store cannot answer. */
  execute(key: string, command: Command, cause?: Cause): Promise<{ readonly state: RequestState | undefined }>;
}

/** Live answers about people. Rejects with a retryable error while the directory cannot answer. */
export interface People {
  /** The person with this user id or, case aside, this user name; why not, where it is nobody or could be several. */
  find(ref: string): Promise<Person | 'unknown' | 'ambiguous'>;
  isMemberOfAny(userId: string, groupIds: readonly string[]): Promise<boolean>;
}

/** What revocations are judged with. */
export interface Judging {
  readonly people: People;
  /** Whether an error only says that AWS cannot answer now. */
  isOutage(error: unknown): boolean;
  note(message: string, facts: Record<string, unknown>): void;
}

/**
 * Signed evidence. Rejects with a final error where it is not of its kind, not by the one key that signs these, or says something that
 * these cannot say; with a retryable one while the keys cannot be read.
 */
export interface Evidence {
  acceptance(jws: string): Promise<Acceptance>;
  proof(jws: string): Promise<Proof>;
  /** How one piece of evidence names another. */
  hashOf(jws: string): string;
  /** Of all that an approval says, without the proofs, in which it stands. */
  digestOf(approved: AccessApprovedV1): string;
}

/** An error after which the event is laid down for good: receiving it again would change nothing. */
export type FinalError = (code: `ERR_${string}`, message: string) => Error;

/** SHA-256 of the canonical JSON of a value. */
export type Digest = (value: unknown) => string;

/** Key of a request's aggregate; what stands before `#` routes its timers. */
export const requestKey = (requestId: string): string => `request#${requestId}`;
