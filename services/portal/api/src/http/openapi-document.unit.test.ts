import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { startApi } from '../../test/api.ts';
import { ada, alice, bob, rudi } from '../../test/people.ts';
import { account, active, request, requestIdOf, setArn } from '../../test/requests.ts';
import { changeId, governedServices, policy, proposal, withBundles } from '../../test/services.ts';
import { openApiDocument } from './openapi-document.ts';

const document = openApiDocument();
const asked = { targets: [{ accountId: account.accountId, permissionSetArn: setArn }], durationMinutes: 60 };
const bundle = { bundleId: 'engineers', targets: { accountIds: [account.accountId], organizationalUnitIds: [] }, permissionSetArns: [setArn] };

/** Every operation: `get /v1/me`. */
const operations = Object.entries(document.paths ?? {}).flatMap(([route, item]) =>
  Object.entries(item).map(([method, operation]: [string, { readonly operationId?: string }]) => ({ name: `${method} ${route}`, operation })),
);

it('names every route that is served, and no other', () => {
  const { served } = startApi([], []);
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.values(served).flat().toSorted());
});

it('is OpenAPI 3.1, each operation by a name of its own', () => {
  expect(document.openapi).toBe('3.1.0');
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(operations.length);
  expect(ids).not.toContain(undefined);
});

it('refers to what it holds', () => {
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(10);
  for (const name of references) expect(document.components?.schemas).toHaveProperty(String(name));
});

it('is what was published', () => {
  const published: unknown = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../published/openapi.json'), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(document)));
});

describe('answers are what it says', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: 'team', ...document });

  it.each([
    { path: '/v1/configuration', schema: 'Configuration' },
    { path: '/v1/me', schema: 'Me' },
    { path: '/v1/askable', schema: 'Askables' },
    { path: '/v1/bundles', schema: 'AskableBundles' },
    { path: '/v1/preview', body: asked, schema: 'Preview' },
    { path: '/v1/preview', body: { ...asked, targets: [{ bundle: 'engineers' }, { bundle: 'nothing' }] }, schema: 'Preview' },
    { path: '/v1/requests?list=all', as: ada, schema: 'RequestRows' },
    { path: `/v1/requests/${requestIdOf(1)}`, as: bob, schema: 'RequestDetail' },
    { path: `/v1/requests/${requestIdOf(2)}`, as: ada, schema: 'RequestDetail' },
    { path: '/v1/overview', as: ada, schema: 'Overview' },
    { path: '/v1/requests', body: asked, schema: 'Taken' },
    { path: `/v1/requests/${requestIdOf(2)}/activity`, as: ada, schema: 'RequestActivity' },
    { path: `/v1/requests/${requestIdOf(2)}/verify`, as: ada, body: {}, schema: 'Verification' },
    { path: '/v1/audit/questions', as: ada, body: { op: 'quick-approvals' }, schema: 'AuditAnswer' },
    { path: '/v1/policies', as: ada, schema: 'PoliciesNow' },
    { path: '/v1/policies/plan', as: ada, body: { kind: 'EligibilityPolicy', policy: policy({ maximumDurationMinutes: 30 }) }, schema: 'PolicyPlan' },
    { path: '/v1/policies/plan', as: ada, body: { kind: 'Limits', text: 'kind: Limits' }, schema: 'PolicyPlan' },
    { path: `/v1/policies/changes/${changeId}/decisions`, as: rudi, body: { verdict: 'agree' }, schema: 'ChangeTaken' },
    { path: '/v1/requests/1', schema: 'Problem' },
    { path: '/v1/nothing', schema: 'Problem' },
  ])('$path: $schema', async ({ path: route, schema, as = alice, body }) => {
    const { call } = startApi([request(1), active(2)], [alice, bob, ada, rudi], { services: withBundles([bundle], governedServices([proposal(bob)])) });
    const answer: unknown = await (await call(route, { as, ...(body === undefined ? {} : { body }) })).json();
    const check = ajv.getSchema(`team#/components/schemas/${schema}`);
    expect([check?.(answer), check?.errors]).toEqual([true, null]);
  });
});
