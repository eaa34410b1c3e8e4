import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifest as approval } from '@team/approval/manifest';
import { manifest as audit } from '@team/audit/manifest';
import { manifest as expiry } from '@team/expiry/manifest';
import { manifest as portal } from '@team/portal/manifest';
import { manifest as provisioning } from '@team/provisioning/manifest';
import { manifest as request } from '@team/request/manifest';
import { emittersOf, writtenConfig, type LambdaConfig, type ServiceManifest } from '@team/runtime';
import * as z from 'zod';
import { bundleAll, bundleFunction, entryOf, functionsOf, type Bundle } from './bundle.ts';

/** 0.8 MB, not compressed: what is larger makes a cold start that people wait for. */
const largestBundleBytes = 800_000;
/** A bundle of everything, with the web application, takes twenty seconds, on a busy machine many. */
const patienceMs = 300_000;

const services: readonly ServiceManifest[] = [portal, request, approval, expiry, provisioning, audit];
const folder = mkdtempSync(path.join(tmpdir(), 'team-bundles-'));
let bundles: Bundle[] = [];

const codeOf = (bundle: Bundle): Buffer => readFileSync(path.join(bundle.folder, 'index.mjs'));

/** What a function of the portal answers to calls as API Gateway hands them on. */
function answersOf(name: string, paths: readonly string[]) {
  const call = (path: string) => ({ path, httpMethod: 'GET', headers: {}, multiValueHeaders: { 'Accept-Encoding': ['gzip, br'] }, requestContext: { domainName: 'team.example.com' } });
  const file = pathToFileURL(path.join(bundles.find((bundle) => bundle.service === 'portal' && bundle.name === name)?.folder ?? '', 'index.mjs')).href;
  const script = `const { handler } = await import(${JSON.stringify(file)}); const all = []; for (const event of ${JSON.stringify(paths.map(call))}) all.push(await handler(event)); console.log(JSON.stringify(all));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, env: { AWS_REGION: 'eu-central-1', TEAM_CONFIG: writtenConfig(config) }, encoding: 'utf8' });
  return z.array(z.looseObject({ statusCode: z.int(), body: z.string() })).parse(JSON.parse(said));
}

describe('the bundles of the Lambda functions', () => {
  beforeAll(async () => {
    bundles = await bundleAll(functionsOf(services), path.join(folder, 'all'));
  }, patienceMs);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are one for each function of the manifests, in a folder of its own that holds nothing else', () => {
    const expected = services.flatMap(({ name, functions }) => Object.keys(functions).map((one) => `${name}-${one}`));
    expect(readdirSync(path.join(folder, 'all')).toSorted()).toEqual(expected.toSorted());
    expect(bundles.map((bundle) => readdirSync(bundle.folder).toSorted())).toEqual(bundles.map(({ name }) => (name === 'pages' ? ['files', 'index.mjs'] : ['index.mjs'])));
  });

  it('are under 0.8 MB', () => {
    const largest = ({ inputs }: Bundle): string => inputs.slice(0, 8).map(({ path: input, bytes }) => `${bytes} ${input}`).join('\n  ');
    const tooLarge = bundles.filter(({ bytes }) => bytes >= largestBundleBytes);
    expect(tooLarge.map((bundle) => `${bundle.service}-${bundle.name} has ${bundle.bytes} bytes, of which\n  ${largest(bundle)}`)).toEqual([]);
  });

  it('say how large they are, and what they are made of', () => {
    for (const bundle of bundles) {
      expect(bundle.bytes).toBe(codeOf(bundle).byteLength);
      expect(bundle.inputs.map(({ path: input }) => input)).toContain(entryOf(bundle));
    }
  });

  it('have the same bytes when they are made again, one by one and into another folder', async () => {
    const chosen = bundles.filter(({ name }) => name === 'inbox');
    const again = await Promise.all(
      chosen.map(({ service, name }) => bundleFunction({ service, name, outFolder: path.join(folder, 'again', service) })),
    );
    expect(again.map((bundle) => codeOf(bundle).equals(codeOf(chosen.find(({ service }) => service === bundle.service) ?? bundle)))).toEqual(
      chosen.map(() => true),
    );
    expect(again.map((bundle) => bundle.folder)).not.toEqual(chosen.map((bundle) => bundle.folder));
  }, patienceMs);

  it('name no folder of the machine that made them', () => {
    const here = path.resolve(import.meta.dirname, '../../../..');
    expect(bundles.filter((bundle) => codeOf(bundle).includes(here)).map(({ folder: place }) => place)).toEqual([]);
  });

  it('import nothing but modules of Node.js', () => {
    const foreign = bundles.flatMap((bundle) =>
      bundle.externals.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)).map((name) => `${bundle.folder}: ${name}`),
    );
    expect(foreign).toEqual([]);
    // What esbuild leaves of a CommonJS package that asks for a module while it runs; an ES module has no `require`.
    expect(bundles.filter((bundle) => codeOf(bundle).includes('Dynamic require of')).map(({ folder: place }) => place)).toEqual([]);
  });

  it('hold nothing that makes documents of an API; the API tells the one that was published', () => {
    expect(bundles.filter(({ inputs }) => inputs.some(({ path: input, bytes }) => input.includes('zod-to-openapi') && bytes > 1_000)).map(({ name }) => name)).toEqual([]);
    const [told] = answersOf('api', ['/v1/openapi.json']);
    const published: unknown = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../../services/portal/api/published/openapi.json'), 'utf8'));
    expect([told?.statusCode, JSON.parse(told?.body ?? '')]).toEqual([200, published]);
  });

  it('look for credentials in the environment alone, where Lambda puts them', () => {
    const providers = bundles.flatMap(({ inputs }) => inputs.flatMap(({ path: input }) => /credential-provider-[a-z]+/.exec(input)?.[0] ?? []));
    expect([...new Set(providers)]).toEqual(['credential-provider-env']);
  });

  it('carry no comments of licences', () => {
    expect(bundles.filter((bundle) => /\/\*!|@license|@preserve/.test(codeOf(bundle).toString())).map(({ folder: place }) => place)).toEqual([]);
  });

  it('load where nothing else is, and export a handler', () => {
    const files = bundles.map((bundle) => pathToFileURL(path.join(bundle.folder, 'index.mjs')).href);
    const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      env: { AWS_REGION: 'eu-central-1', TEAM_CONFIG: writtenConfig(config) },
      encoding: 'utf8',
    });
    expect(said.trim().split('\n')).toEqual(bundles.map(() => 'function'));
  }, patienceMs);

  it('answer calls as API Gateway hands them on: the API, and the web application with its files compressed', () => {
    expect(answersOf('api', ['/healthz', '/v1/me', '/v1/configuration'])).toMatchObject([
      { statusCode: 200, body: '{"status":"ok"}' },
      { statusCode: 401, multiValueHeaders: { 'content-type': ['application/problem+json'], 'www-authenticate': ['Bearer realm="team"'] } },
      { statusCode: 200, body: '{"issuer":"https://id.example","clientId":"team-cli","redirectUris":["http://localhost:18043/signed-in"]}' },
    ]);
    const page = { statusCode: 200, isBase64Encoded: true, multiValueHeaders: { 'content-type': ['text/html; charset=utf-8'], 'content-encoding': ['br'], 'cache-control': ['no-cache'], 'content-security-policy': [expect.stringContaining("default-src 'none'")] } };
    expect(answersOf('pages', ['/', '/requests/1', '/assets/nothing.js'])).toMatchObject([page, page, { statusCode: 404 }]);
  }, patienceMs);
});

/** What a deployment would tell any of them. */
const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
const config: LambdaConfig = {
  busName: 'team',
  ownAccount: '111122223333',
  tables: named(services.flatMap(({ tables }) => Object.keys(tables))),
  queues: Object.fromEntries(
    services.flatMap(({ queues }) => Object.keys(queues)).map((name) => [name, { url: `https://queues.example/${name}`, deadLetterUrl: `https://queues.example/${name}-dlq` }]),
  ),
  keys: { acceptance: 'alias/acceptance', proof: 'alias/proof', checkpoint: 'alias/checkpoint' },
  buckets: { archive: 'archive' },
  emitters: [...emittersOf(portal, 'team', (name) => `arn:aws:iam::111122223333:role/team-portal-${name}`)],
  identityCenter: { instanceArn: 'arn:aws:sso:::instance/ssoins-1', identityStoreId: 'd-1' },
  asks: { request: 'team-request-query', approval: 'team-approval-query', audit: 'team-audit-query' },
  portal: { origin: 'https://team.example.com', managementAccount: '444455556666', issuer: 'https://id.example', commandLineClientId: 'team-cli', commandLineRedirectUris: ['http://localhost:18043/signed-in'], audience: 'team', clientId: 'team-portal', clientSecretId: 'secret' },
};
