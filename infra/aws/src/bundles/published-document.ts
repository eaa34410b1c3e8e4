import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const published = path.resolve(import.meta.dirname, '../../../../services/portal/api/published/openapi.json');

/** What the library of routes takes of the one that makes documents, without which it works: routes are noted, schemas have no names. */
const nothingMade = `
  export class OpenAPIRegistry { definitions = []; registerPath() {} }
  export const extendZodWithOpenApi = (Type) => { Type.prototype.openapi ??= function () { return this; }; };
  export const getOpenApiMetadata = () => ({});
  export const OpenApiGeneratorV3 = undefined;
  export const OpenApiGeneratorV31 = undefined;
`;

/** The library hands the whole of zod over, which then stays in the bundle; a schema's type is all that is used of it. */
const takesAll = { from: /^import \{ z \} from "zod";$/m, to: 'import { ZodType as z } from "zod";' };

/**
 * The document of the portal's API as it was published, which a test holds to the routes. What makes it, and all of zod with it, is a sixth of
 * a function, and only one function tells it.
 */
export const documentAsPublished: Plugin = {
  name: 'document as published',
  setup({ onLoad }) {
    onLoad({ filter: /portal[\\/]api[\\/]src[\\/]http[\\/]openapi-document\.ts$/ }, async () => {
      const document: unknown = JSON.parse(await readFile(published, 'utf8'));
      // A text is read faster than what it says, and it is seldom asked for.
      return { contents: `const text = ${JSON.stringify(JSON.stringify(document))};\nexport const openApiDocument = () => JSON.parse(text);` };
    });
    onLoad({ filter: /@asteasolutions[\\/]zod-to-openapi[\\/]dist[\\/]index\.mjs$/ }, () => ({ contents: nothingMade }));
    onLoad({ filter: /@hono[\\/]zod-openapi[\\/]dist[\\/]index\.mjs$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      if (!takesAll.from.test(text)) throw new Error(`${file} takes zod otherwise than it did: look at what it takes, and at this plugin`);
      return { contents: text.replace(takesAll.from, takesAll.to) };
    });
  },
};
