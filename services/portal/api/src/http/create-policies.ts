import type { OpenAPIHono } from '@hono/zod-openapi';
import { explain } from '../application/explain.ts';
import { listDelegations } from '../application/list-delegations.ts';
import { listPolicies } from '../application/list-policies.ts';
import { planChange } from '../application/plan-change.ts';
import * as administration from './administration-routes.ts';
import type { ApiPorts } from './create-api.ts';
import { createBase, type ApiOptions } from './create-base.ts';
import { guards } from './guards.ts';
import type { PortalEnv } from './portal-env.ts';

export type PoliciesPorts = Pick<ApiPorts, 'people' | 'services' | 'places' | 'emitters' | 'outOfReach' | 'ownAccount' | 'now' | 'newId'>;

/** Policies as people write them, what would become of a change, why somebody may have something, and who decides in whose place. A function of its own: what reads and writes that language is as much code as the rest. */
export function createPolicies(ports: PoliciesPorts, options: ApiOptions): OpenAPIHono<PortalEnv> {
  const app = createBase(options, ports.newId);
  const { read, question, longQuestion } = guards(options, ports.now);
  app.openapi({ ...administration.policies, middleware: read }, async (c) => c.json(await listPolicies(c.var.person, ports), 200));
  app.openapi({ ...administration.plan, middleware: longQuestion }, async (c) => c.json(await planChange(c.req.valid('json'), c.var.person, ports), 200));
  app.openapi({ ...administration.explain, middleware: question }, async (c) => c.json(await explain(c.req.valid('json'), c.var.person, ports), 200));
  app.openapi({ ...administration.delegations, middleware: read }, async (c) => c.json(await listDelegations(c.var.person, ports), 200));
  return app;
}
