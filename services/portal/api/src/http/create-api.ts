import type { OpenAPIHono } from '@hono/zod-openapi';
import type { EmitterRegistration } from '@team/contracts';
import { ask } from '../application/ask.ts';
import { askAsMachine } from '../application/ask-as-machine.ts';
import { askAudit } from '../application/ask-audit.ts';
import { listActivity } from '../application/list-activity.ts';
import type { Configuration } from '../contract/index.ts';
import { listAskable, rememberedMatrix } from '../application/list-askable.ts';
import { listBundles } from '../application/list-bundles.ts';
import { listRequests } from '../application/list-requests.ts';
import type { FindUser, Intents, IntentsAs, Named, People, Places, RequestViews, Services } from '../application/ports.ts';
import { preview } from '../application/preview.ts';
import { listAsMachine, showAsMachine } from '../application/read-as-machine.ts';
import { showChange } from '../application/show-change.ts';
import { showDelegation } from '../application/show-delegation.ts';
import { showMe } from '../application/show-me.ts';
import { showOverview } from '../application/show-overview.ts';
import { showRequest } from '../application/show-request.ts';
import { verifyRequest } from '../application/verify-request.ts';
import { whoseList } from '../application/whose-list.ts';
import * as administration from './administration-routes.ts';
import { createBase, type ApiOptions } from './create-base.ts';
import { guards } from './guards.ts';
import { openApiDocument } from './openapi-document.ts';
import type { PortalEnv } from './portal-env.ts';
import * as routes from './routes.ts';
import * as trail from './trail-routes.ts';

/** What reading and asking work with. */
export interface ApiPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly services: Services;
  readonly places: Places;
  readonly intents: Intents;
  /** As a machine speaks. */
  readonly intentsAs: IntentsAs;
  readonly findUser: FindUser;
  /** Which people may ask for somebody else, as the request service judges it. */
  readonly mayAskForOthers: Named;
  /** The management account and TEAM's own, in which nobody has anything. */
  readonly outOfReach: readonly string[];
  /** Account in which TEAM runs. */
  readonly ownAccount: string;
  /** Who may put intents on the bus. */
  readonly emitters: readonly EmitterRegistration[];
  /** Where the command line signs in; told to whoever asks. */
  readonly configuration: Configuration;
  /** ms since the epoch */
  readonly now: () => number;
  readonly newId: () => string;
}

let document: ReturnType<typeof openApiDocument> | undefined;

/** Made when somebody asks for it: it takes longer than everything else that a function does before its first answer. */
const describe = (): ReturnType<typeof openApiDocument> => (document ??= openApiDocument());

/** The API but for policies, and for what people say that counts, which are other functions'. */
export function createApi(ports: ApiPorts, options: ApiOptions): OpenAPIHono<PortalEnv> {
  const app = createBase(options, ports.newId);
  const { read, question, orMachine } = guards(options, ports.now);
  const asking = { ...ports, matrixOf: rememberedMatrix(ports) };
  const whose = whoseList(ports);

  app.openapi(routes.configuration, (c) => c.json(ports.configuration, 200));
  app.openapi({ ...routes.me, middleware: read }, async (c) => c.json(await showMe(c.var.person, ports), 200));
  app.openapi({ ...routes.askable, middleware: read }, async (c) => {
    const { for: named, ...asked } = c.req.valid('query');
    return c.json(await listAskable(asked, await whose(named, c.var.person), asking), 200);
  });
  app.openapi({ ...routes.bundles, middleware: read }, async (c) => c.json(await listBundles(await whose(c.req.valid('query').for, c.var.person), asking), 200));
  app.openapi({ ...routes.preview, middleware: question }, async (c) => c.json(await preview(c.req.valid('json'), c.var.person, ports), 200));
  app.openapi({ ...routes.listRequests, middleware: orMachine.read }, async (c) => {
    const { machine, person } = c.var;
    const asked = c.req.valid('query');
    return c.json(await (machine === undefined ? listRequests(asked, person, ports) : listAsMachine(asked, machine, ports)), 200);
  });
  app.openapi({ ...routes.ask, middleware: orMachine.command }, async (c) => {
    const { machine, person } = c.var;
    const asked = c.req.valid('json');
    const taken = await (machine === undefined ? ask(asked, person, ports) : askAsMachine(asked, machine, ports));
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...routes.showRequest, middleware: orMachine.read }, async (c) => {
    const { machine, person } = c.var;
    const { id } = c.req.valid('param');
    return c.json(await (machine === undefined ? showRequest(id, person, ports) : showAsMachine(id, machine, ports)), 200);
  });
  app.openapi({ ...routes.overview, middleware: read }, async (c) => c.json(await showOverview(c.var.person, ports), 200));
  app.openapi({ ...trail.activity, middleware: read }, async (c) => c.json(await listActivity(c.req.valid('param').id, c.req.valid('query'), c.var.person, ports), 200));
  app.openapi({ ...administration.showChange, middleware: read }, async (c) => c.json(await showChange(c.req.valid('param').id, c.req.valid('query'), c.var.person, ports), 200));
  app.openapi({ ...administration.showDelegation, middleware: read }, async (c) => c.json(await showDelegation(c.req.valid('param').id, c.req.valid('query'), c.var.person, ports), 200));
  app.openapi({ ...trail.verify, middleware: question }, async (c) => c.json(await verifyRequest(c.req.valid('param').id, c.var.person, ports), 200));
  app.openapi({ ...trail.askAudit, middleware: question }, async (c) => c.json(await askAudit(c.req.valid('json'), c.var.person, ports), 200));
  app.openapi(routes.health, (c) => c.json({ status: 'ok' as const }, 200));
  app.get(routes.description.getRoutingPath(), (c) => c.json(describe(), 200));
  return app;
}
