import { errors, interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { deviceFlow } from './device-pages.ts';
import { keptInMemory } from './kept-in-memory.ts';
import type { LocalKeys } from './keys.ts';
import { onlyScript, page } from './pages.ts';
import { escaped } from './escaped.ts';
import type { LocalPerson } from './people.ts';

/** Whom access tokens are for, as the portal's API expects it. */
export const audience = 'team';
/** The same as a resource indicator, which must be a URI (RFC 8707). Clients need not name it. */
const resource = 'urn:team:api';
const hour = 3600;

/** Where the command line may be sent back to. */
export const commandLineRedirectUris: readonly string[] = ['http://127.0.0.1/signed-in'];

export interface LocalClients {
  /** Origins of the portal, as browsers name them: `http://localhost:8043`. */
  readonly portalOrigins: readonly string[];
  readonly portalSecret: string;
  /** Programs that get tokens for themselves. */
  readonly machines?: readonly LocalMachine[];
}

/** A client of a program's own, with the secret by which it proves itself. */
export interface LocalMachine {
  readonly clientId: string;
  readonly secret: string;
}

/** How `oidc-provider` is set up: two clients for people and those of programs, nobody asked for consent, access tokens that the portal can verify by itself. */
export function providerConfiguration(people: () => readonly LocalPerson[], keys: LocalKeys, { portalOrigins, portalSecret, machines = [] }: LocalClients): Configuration {
  return {
    adapter: keptInMemory(),
    clients: [
      {
        client_id: 'team-portal',
        client_name: 'TEAM',
        client_secret: portalSecret,
        redirect_uris: portalOrigins.map((origin) => `${origin}/auth/callback`),
        post_logout_redirect_uris: portalOrigins.map((origin) => `${origin}/`),
        grant_types: ['authorization_code'],
        require_auth_time: true,
      },
      {
        client_id: 'team-cli',
        client_name: 'TEAM command line',
        // Of a native client any port will do (RFC 8252 §7.3).
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [...commandLineRedirectUris],
        grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        require_auth_time: true,
      },
      ...machines.map(({ clientId, secret }) => ({ client_id: clientId, client_secret: secret, redirect_uris: [], response_types: [], grant_types: ['client_credentials'] })),
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookies] },
    scopes: ['openid'],
    claims: { profile: ['preferred_username', 'name'] },
    // So that the id token says who it is, without a call to the userinfo endpoint.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    async findAccount(_context, sub) {
      const person = people().find(({ userId }) => userId === sub);
      return person && { accountId: sub, claims: () => ({ sub, preferred_username: person.userName, name: person.displayName }) };
    },
    extraTokenClaims: (context, token) => ('accountId' in token ? personClaims(context, people(), token.accountId) : undefined),
    loadExistingGrant: grantEverything,
    interactions: { policy: withoutConsent(), url: (context, { uid }) => `${mountPath(context)}/login/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo(_context, indicator) {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: hour, jwt: { sign: { alg: 'ES256' } } };
        },
      },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: signedOut },
    },
    ttl: { AccessToken: hour, AuthorizationCode: 60, ClientCredentials: hour, DeviceCode: 600, Grant: 8 * hour, IdToken: hour, Interaction: 600, Session: 8 * hour },
    renderError(context, out) {
      context.type = 'html';
      context.body = page('This did not work', `<p>${escaped(out.error_description ?? out.error)}</p><p><small>${escaped(out.error)}</small></p>`);
    },
  };
}

/** What a token says beyond OAuth: who it is of, and when they proved it, which a code or a device code knows. */
function personClaims({ oidc }: KoaContextWithOIDC, people: readonly LocalPerson[], userId: string) {
  const person = people.find((one) => one.userId === userId);
  const authTime = oidc.entities.AuthorizationCode?.authTime ?? oidc.entities.DeviceCode?.authTime;
  return { preferred_username: person?.userName, ...(authTime === undefined ? {} : { auth_time: authTime }) };
}

/** Native clients are to be consented to each time (RFC 8252 §8.6), since any program can say that it is one. Nobody is here to ask: this provider believes everything. */
function withoutConsent(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt');
  return policy;
}

/** Consent to everything, given beforehand: both clients are our own. One grant for a session, or the codes of a second tab would undo the first's. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (known !== undefined) return known;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** Of the issuer, where the provider is served below a path. */
export function mountPath({ oidc }: KoaContextWithOIDC): string {
  return new URL(oidc.provider.issuer).pathname.replace(/\/$/, '');
}

const confirming = "document.querySelector('button').click();";

/** Who signed out at the portal is signed out here without being asked again. The form comes from the provider; the button serves where no script runs. */
function logoutSource(context: KoaContextWithOIDC, form: string): void {
  context.type = 'html';
  context.set('content-security-policy', onlyScript(confirming));
  context.body = page(
    'Signing out',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<script>${confirming}</script>`,
  );
}

function signedOut(context: KoaContextWithOIDC): void {
  context.type = 'html';
  context.body = page('Signed out', '<p>You are signed out.</p>');
}
