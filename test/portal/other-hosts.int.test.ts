import { servePortal, type PortalServer } from '../../infra/local/src/portal/serve-portal.ts';
import { get, type IncomingMessage } from 'node:http';

/** A page of somebody else whose name leads to this machine is of the same origin to a browser as the portal there. */
describe('the local portal, called by a name', () => {
  let server: PortalServer;
  beforeAll(async () => {
    server = await servePortal({ port: 0, people: () => [] });
  });
  afterAll(() => server.close());

  async function called(host: string, path: string): Promise<{ readonly status: number | undefined; readonly text: string }> {
    const { port } = new URL(server.origin);
    const response = await new Promise<IncomingMessage>((resolve, reject) => get({ host: '127.0.0.1', port, path, headers: { host: host.replace('PORT', port) } }, resolve).once('error', reject));
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += String(part);
    return { status: response.statusCode, text };
  }

  it.each(['localhost:PORT', '127.0.0.1:PORT', 'LOCALHOST', '[::1]:PORT'])('answers as %s', async (host) => {
    expect((await called(host, '/sign-in/.well-known/openid-configuration')).status).toBe(200);
    // Nothing is behind it yet.
    expect((await called(host, '/v1/me')).text).toContain('ERR_NOT_READY');
  });

  it.each(['evil.example', 'evil.example:PORT', 'localhost.evil.example', 'evil.example#localhost', 'localhost:PORT@evil.example', '127.0.0.1.evil.example'])('answers nobody as "%s"', async (host) => {
    for (const path of ['/v1/me', '/auth/login', '/sign-in/.well-known/openid-configuration', '/']) {
      const { status, text } = await called(host, path);
      expect([path, status, JSON.parse(text)]).toMatchObject([path, 421, { code: 'ERR_OTHER_HOST', status: 421 }]);
    }
  });
});
