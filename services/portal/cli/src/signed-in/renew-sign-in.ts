import { refreshTokenGrant, tokenRevocation } from 'openid-client';
import { atIssuer, tokensIn, type Caller, type Tokens } from './issuer.ts';
import type { SignIn } from './kept-sign-in.ts';

/** New tokens for a refresh token. Throws `Failure` (sign in) where it is not taken any more. */
export async function signInAnew(caller: Caller, { issuer, clientId, refreshToken }: SignIn & { readonly refreshToken: string }): Promise<Tokens> {
  const answer = await atIssuer(caller, { issuer, clientId }, (provider) => refreshTokenGrant(provider, refreshToken));
  return { refreshToken, ...tokensIn(answer, caller.now()) };
}

/** Tells the issuer that a refresh token is not needed any more, where it wants to know. */
export async function revokeSignIn(caller: Caller, { issuer, clientId, refreshToken }: SignIn): Promise<void> {
  if (refreshToken === undefined) return;
  await atIssuer(caller, { issuer, clientId }, async (provider) => {
    if (provider.serverMetadata().revocation_endpoint !== undefined) await tokenRevocation(provider, refreshToken, { token_type_hint: 'refresh_token' });
  });
}
