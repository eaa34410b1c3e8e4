import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { webFiles } from './web-files.ts';

const secret = 'nobody may read this';
let root: string;
let server: Server;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'team-web-'));
  const folder = path.join(root, 'dist');
  for (const one of ['dist/assets/folder.js', 'dist-other', 'other']) mkdirSync(path.join(root, one), { recursive: true });
  for (const one of ['secret.json', 'dist-other/secret.json', 'other/secret.js', 'secret']) writeFileSync(path.join(root, one), secret);
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>the application</title>');
  writeFileSync(path.join(folder, 'assets/a-1.js'), 'export {};');
  symlinkSync(path.join(root, 'nothing.js'), path.join(folder, 'assets/broken.js'));
  const answer = getRequestListener(new Hono().get('*', webFiles(folder, async () => undefined)).fetch);
  server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true });
});

/** Asks for a path as it stands: a client of ours would make it harmless before. */
async function asked(target: string): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }> {
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => request({ host: '127.0.0.1', port, path: target }, resolve).once('error', reject).end());
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

it.each(['/', '/requests/1', '/nowhere', '/index.html', '//evil.example/x', '/..', '/%2e%2e/', '/?return=//evil.example', '/%2F..%2Fsecret', '/secret', '/../secret', '/..%2f..%2f..%2fetc%2fpasswd'])('%s is a page of the application', async (target) => {
  const { status, headers, text } = await asked(target);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
  expect(text).toContain('the application');
});

it.each([
  ['/../secret.json', 404],
  ['/..%2fsecret.json', 404],
  ['/%2e%2e%2fsecret.json', 404],
  ['/%2e%2e/secret.json', 404],
  ['/..%5csecret.json', 404],
  ['/..\\secret.json', 400],
  ['/assets/../../secret.json', 404],
  ['/assets/..%2f..%2fsecret.json', 404],
  ['/assets/....//....//secret.json', 404],
  ['/%252e%252e%252fsecret.json', 404],
  ['/..%2fdist-other%2fsecret.json', 404],
  ['/-other/secret.json', 404],
  ['/../dist-other/secret.json', 404],
  ['/../other/secret.js', 404],
  ['//../secret.json', 404],
  ['/assets/folder.js', 404],
  ['/assets/broken.js', 404],
  ['/assets/a-1.js%00.html', 400],
  ['/%00', 400],
  ['/secret.json%00', 400],
  ['/%E0%A4%A', 400],
  ['/%', 400],
  ['/%ff.js', 400],
])('%s gives nothing: %d', async (target, status) => {
  const answer = await asked(target);
  expect([answer.status, answer.text]).toEqual([status, expect.not.stringContaining(secret)]);
});

it('says for every answer that nothing from elsewhere runs, and that it is what it says it is', async () => {
  for (const target of ['/', '/requests', '/assets/a-1.js', '/nothing.js', '/%', '/%00', '/..%2fsecret.json']) {
    const { headers } = await asked(target);
    expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("script-src 'self';"), 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*base-uri 'none'; frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe-|\*/);
  }
});
