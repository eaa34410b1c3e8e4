import type { MachineClient } from '@team/contracts';
import type { JWTPayload } from 'jose';
import { usualUserNameClaims } from './proof.ts';
import { NotLetInError } from './unauthorized.ts';

/**
 * The machine whose own token this is; undefined for a person's. A machine is a client that is registered, and got the token for itself. What a
 * registered client got for a person, and what others got for themselves, is neither's: nobody is let in by it. Throws `ERR_NO_PERSON`.
 */
export function machineIn(claims: JWTPayload, machines: readonly MachineClient[], userNameClaims: readonly string[] = usualUserNameClaims): MachineClient | undefined {
  const client = clientOf(claims);
  const machine = machines.find(({ clientId }) => clientId === client);
  if (machine === undefined) {
    if (isOwn(claims)) throw new NotLetInError('ERR_NO_PERSON', 'the token is of a client and not of a person, and no such client is registered here; sign in as a person, or have whoever runs TEAM register it');
    return undefined;
  }
  const named = userNameClaims.find((name) => claims[name] !== undefined && claims[name] !== client);
  if (isOwn(claims) && named === undefined) return machine;
  throw new NotLetInError('ERR_NO_PERSON', `the client "${machine.clientId}" is registered as the program ${machine.name}, through which nobody signs in; sign in through another, or take a token by client credentials, which names nobody`);
}

/** To whom it was issued (RFC 9068 §2.2; OpenID Connect Core §2; Okta has it as `cid`: https://developer.okta.com/docs/reference/api/oidc/#access-token). */
const clientOf = (claims: JWTPayload): unknown => claims['client_id'] ?? claims['azp'] ?? claims['cid'];

/** Whether a client got it for itself: the subject is the client then (RFC 9068 §2.2), or the issuer says so outright. */
function isOwn(claims: JWTPayload): boolean {
  const client = clientOf(claims);
  return (client !== undefined && claims.sub === client) || claims['idtyp'] === 'app' || claims['gty'] === 'client-credentials';
}
