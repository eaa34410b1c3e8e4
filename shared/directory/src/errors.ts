import { OutageError, TeamError } from '@team/runtime';

/** AWS throttles, times out, fails on its side or cannot be reached. Nothing was learned; the same question later may be answered. */
export class DirectoryUnavailableError extends OutageError {
  override readonly name = 'DirectoryUnavailableError';

  constructor(message: string, cause: unknown) {
    super('ERR_DIRECTORY_UNAVAILABLE', message, { cause });
  }
}

/** Our role may not ask this. Asking again changes nothing until somebody corrects the role's policy. */
export class DirectoryAccessError extends TeamError {
  override readonly name = 'DirectoryAccessError';

  constructor(message: string, cause: unknown) {
    super('ERR_DIRECTORY_ACCESS_DENIED', message, { cause });
  }
}

/** AWS refuses the question itself, as it does for an identity store or instance that does not exist: our configuration is wrong. */
export class DirectoryQuestionRefusedError extends TeamError {
  override readonly name = 'DirectoryQuestionRefusedError';

  constructor(message: string, cause: unknown) {
    super('ERR_DIRECTORY_QUESTION_REFUSED', message, { cause });
  }
}

/** Several users carry the name that was asked for; guessing would hand one person's access to another. Ask by user id instead. */
export class DirectoryAmbiguityError extends TeamError {
  override readonly name = 'DirectoryAmbiguityError';
  /** The Identity Store ids of all users of that name. */
  readonly userIds: readonly string[];

  constructor(userName: string, userIds: readonly string[]) {
    super('ERR_USER_AMBIGUOUS', `${userIds.length} users are named "${userName}", case aside: ${userIds.join(', ')}; name one by its id`);
    this.userIds = userIds;
  }
}

/** AWS answered without something that we decide by, or in a form that cannot be read. It is never guessed or defaulted. */
export class DirectoryAnswerError extends TeamError {
  override readonly name = 'DirectoryAnswerError';

  constructor(message: string) {
    super('ERR_DIRECTORY_ANSWER', message);
  }
}
