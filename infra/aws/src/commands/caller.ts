import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '../environment/schema.ts';

/** Who calls is not in the account that the environment is of, or nobody knows who calls. Nothing was looked at. */
export class CallerError extends Error {
  override readonly name = 'CallerError';
  readonly code: 'ERR_OTHER_ACCOUNT' | 'ERR_CALLER_UNKNOWN';

  constructor(code: CallerError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Resolves where the caller's credentials are of TEAM's account: tables, stacks and functions are known by their names, which another account may have,
 * too. Rejects with `CallerError` otherwise, and where STS does not say who calls.
 */
export async function requireOwnAccount({ name, accounts }: Pick<Environment, 'name' | 'accounts'>, sts: STSClient): Promise<void> {
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({})).catch((cause: unknown) => {
    const because = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new CallerError('ERR_CALLER_UNKNOWN', `STS does not say whose credentials these are (${because}). Nothing was looked at or removed. Sign in to account ${accounts.team}`, { cause });
  });
  if (Account !== accounts.team) {
    throw new CallerError('ERR_OTHER_ACCOUNT', `these credentials are of account ${String(Account)} (${String(Arn)}), and environment ${name} is of account ${accounts.team}. Nothing was looked at or removed. Sign in to that account`);
  }
}
