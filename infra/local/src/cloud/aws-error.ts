import type { JsonObject } from './json.ts';

/** An error as AWS answers it: `code` is the exception's name (`ThrottlingException`), `status` the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly fields: JsonObject;

  constructor(code: string, message: string, status = 400, fields: JsonObject = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}
