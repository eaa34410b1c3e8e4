import { createHash } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { me } from './portal-answers.ts';
import { scriptedPortal, signIn, type PortalOptions } from './scripted-portal.ts';

const { clientId } = signIn;
const { privateKey } = await generateKeyPair('RS256');

export interface IssuerChanges extends PortalOptions {
  readonly redirectUris?: readonly string[];
  readonly issuer?: string;
  readonly metadata?: object;
  /** Of the id token. */
  readonly claims?: object;
  readonly accessToken?: string;
  readonly token?: () => Response;
}

/** Comes back from the issuer's page with this beside the state: what `fetch` gets there. */
export function comeBack(page: URL, more: Readonly<Record<string, string>> = { code: 'a code' }): Promise<Response> {
  const { searchParams } = page;
  return fetch(`${searchParams.get('redirect_uri')}?${new URLSearchParams({ state: searchParams.get('state') ?? '', ...more }).toString()}`);
}

/** A portal whose issuer has the code flow alone, and somebody whose browser does this with the page that the command opens. */
export function atBrowser(browse: (page: URL) => Promise<unknown>, { redirectUris = ['http://127.0.0.1/signed-in'], issuer = signIn.issuer, metadata = {}, claims = {}, accessToken = 'of-the-browser', token, ...options }: IssuerChanges = {}) {
  const pages: URL[] = [];
  const visits: Promise<unknown>[] = [];
  let idToken = '';
  const visit = async (page: URL): Promise<unknown> => {
    const jwt = new SignJWT({ nonce: page.searchParams.get('nonce'), ...claims }).setProtectedHeader({ alg: 'RS256' });
    idToken = await jwt.setIssuer(issuer).setAudience(clientId).setSubject('u-dana').setIssuedAt().setExpirationTime('5m').sign(privateKey);
    return browse(page);
  };
  const portal = scriptedPortal(
    {
      'GET /v1/configuration': () => ({ issuer, clientId, redirectUris }),
      [`GET ${issuer}/.well-known/openid-configuration`]: () => ({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, ...metadata }),
      [`POST ${issuer}/token`]: () => token?.() ?? Response.json({ access_token: accessToken, token_type: 'Bearer', expires_in: 900, refresh_token: 'once', id_token: idToken }),
      'GET /v1/me': () => me,
    },
    {
      kept: null,
      openPage(url) {
        const page = new URL(url);
        pages.push(page);
        visits.push(visit(page));
      },
      ...options,
    },
  );
  return {
    ...portal,
    pages,
    /** What `browse` came to. */
    visited: () => Promise.all(visits),
    /** What the issuer was sent for tokens. */
    exchanged: () => portal.sent.flatMap(({ call, body }) => (call === `POST ${issuer}/token` && body instanceof URLSearchParams ? [Object.fromEntries(body)] : [])),
  };
}

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
