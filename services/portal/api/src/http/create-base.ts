import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { onError, type ApiLog } from './on-error.ts';
import { onInvalidInput } from './on-invalid-input.ts';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

/** What both parts of the API are made with, beside their ports. */
export interface ApiOptions {
  /** Sets `c.var.person`, or answers 401. */
  readonly authenticate: MiddlewareHandler<PortalEnv>;
  readonly log: ApiLog;
}

/**
 * What is the same for every answer: a name for the call, headers that keep browsers from making anything of an answer but data, and
 * problem documents for everything that goes wrong.
 */
export function createBase({ log }: Pick<ApiOptions, 'log'>, newId: () => string): OpenAPIHono<PortalEnv> {
  const app = new OpenAPIHono<PortalEnv>({ defaultHook: onInvalidInput });
  app.use(async (c, next) => {
    c.set('instance', newId());
    await next();
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
      strictTransportSecurity: 'max-age=63072000; includeSubDomains',
      xFrameOptions: 'DENY',
    }),
  );
  app.use(async (c, next) => {
    await next();
    // What one person may see is not kept for the next at the same machine, nor by anything in between.
    c.res.headers.set('cache-control', 'no-store');
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(', ');
        return problemAnswer(c, 405, { code: 'ERR_METHOD', detail: `${c.req.method} is not done here, but ${allow}.`, headers: { allow } });
      },
    }),
  );
  app.notFound((c) => problemAnswer(c, 404, { code: 'ERR_ROUTE_UNKNOWN', detail: 'There is nothing here. See /v1/openapi.json for what there is.' }));
  app.onError(onError(log));
  return app;
}
