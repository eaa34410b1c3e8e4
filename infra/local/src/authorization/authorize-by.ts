import { AwsError } from '../cloud/aws-error.ts';
import type { Caller } from '../cloud/stand-in.ts';
import type { Authorize } from '../cloud/wire/router.ts';
import type { Authorization, Ground } from './authorization.ts';
import { authorizationsOf } from './authorizations.ts';

/** Whether a caller may: by policies, its own and the resource's, or by whatever stands for them. */
export type Allows = (caller: Caller, authorization: Authorization) => boolean;

/** Refuses every call of which one authorization is not allowed, in AWS's words. */
export function authorizeBy(allows: Allows, ground: Ground): Authorize {
  return (call) => {
    for (const authorization of authorizationsOf(call, ground)) {
      if (allows(call.caller, authorization)) continue;
      const { action, resource } = authorization;
      throw new AwsError('AccessDeniedException', `User: ${call.caller.roleArn} is not authorized to perform: ${action} on resource: ${resource}`);
    }
  };
}
