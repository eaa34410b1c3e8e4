/** What an environment asks for is more than AWS takes. The message says what, by how much, and what to do. */
export class LimitError extends RangeError {
  override readonly name = 'LimitError';
  readonly code = 'ERR_AWS_LIMIT';
}
