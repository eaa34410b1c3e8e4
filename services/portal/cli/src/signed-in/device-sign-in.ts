import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant, type Configuration as Provider } from 'openid-client';
import { refused } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { nobodyCame, scopeAt, tokensIn, type Caller, type Tokens } from './issuer.ts';

/** What a person has to do elsewhere. */
export interface DeviceCode {
  readonly url: string;
  readonly code: string;
  /** The same with the code in it, where the issuer has that. */
  readonly wholeUrl?: string | undefined;
}

export const hasDeviceFlow = (provider: Provider): boolean => provider.serverMetadata().device_authorization_endpoint !== undefined;

/**
 * Signs in with the device flow (RFC 8628): the person opens a page anywhere and enters a code, which `show` tells them. To be called within
 * `atIssuer`. Throws `Failure` where they do not come before the code is over.
 */
export async function signInByDevice(caller: Caller, provider: Provider, show: (code: DeviceCode) => void): Promise<Tokens> {
  const asked = await initiateDeviceAuthorization(provider, { scope: scopeAt(provider) });
  show({ url: webAddress(asked.verification_uri, provider.serverMetadata().issuer), code: asked.user_code, wholeUrl: asked.verification_uri_complete });
  const over = caller.timeout(asked.expires_in * 1000);
  try {
    return tokensIn(await pollDeviceAuthorizationGrant(provider, asked, undefined, { signal: AbortSignal.any([caller.signal, over]) }), caller.now());
  } catch (error) {
    throw over.aborted ? nobodyCame(error) : error;
  }
}

/** What is printed to be opened leads to a page. */
function webAddress(url: string, issuer: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw refused(`${issuer} names a page to sign in on that is none: ${printable(url)}`);
}
