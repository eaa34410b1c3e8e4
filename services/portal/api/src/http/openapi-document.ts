import { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from './routes.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The API as OpenAPI 3.1 describes it: made of the routes that serve it, of both functions. */
export function openApiDocument(): Document {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: '__Host-team', description: 'Signed in with the browser' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const route of routes) app.openAPIRegistry.registerPath(route);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'TEAM', version: '1', description: 'Temporary elevated access for AWS IAM Identity Center.' },
  });
}
