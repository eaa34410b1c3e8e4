import type { Configuration as Provider } from 'openid-client';
import type { Configuration } from '../../../api/src/contract/index.ts';
import { refused } from '../failure.ts';
import { hasCodeFlow } from './browser-sign-in.ts';
import { hasDeviceFlow } from './device-sign-in.ts';

/** How somebody signs in: through a browser of this machine, which comes back to it, or with a code, which they enter in any browser. */
export type SignInWay = { readonly by: 'browser'; readonly redirectUris: readonly string[] } | { readonly by: 'device' };

interface Wish {
  /** What the person said. */
  readonly said?: SignInWay['by'] | undefined;
  /** Whether a browser of this machine is to be seen. */
  readonly hasBrowser: boolean;
}

/**
 * The way that was said, else the browser where one is to be seen, else a code; where there is only one way, that one. Throws `Failure`
 * (refused) where portal and issuer have not what is wanted.
 */
export function signInWay(provider: Provider, { redirectUris = [] }: Pick<Configuration, 'redirectUris'>, { said, hasBrowser }: Wish): SignInWay {
  const { issuer } = provider.serverMetadata();
  const browser = hasCodeFlow(provider) && redirectUris.length > 0 ? ({ by: 'browser', redirectUris } as const) : undefined;
  const device = hasDeviceFlow(provider) ? ({ by: 'device' } as const) : undefined;
  if (said === 'browser') return browser ?? none(`the portal names no address of this machine to which ${issuer} sends a browser back: sign in with --device`);
  if (said === 'device') return device ?? none(`${issuer} knows no device flow (RFC 8628): sign in with --browser`);
  return (hasBrowser ? (browser ?? device) : (device ?? browser)) ?? none(`${issuer} knows no device flow (RFC 8628), and the portal names no address of this machine to which a browser is sent back: use the portal in a browser`);
}

function none(message: string): never {
  throw refused(message);
}
