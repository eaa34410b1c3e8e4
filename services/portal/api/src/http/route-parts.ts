import '@hono/zod-openapi';
import * as z from 'zod';
import * as contract from '../contract/index.ts';

/**
 * A schema with a name of its own in the document; the rest is told where it stands. A copy of it, since only what is made after the library
 * was loaded can be named, and the contracts may have been made before.
 */
export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Schema => schema.clone().openapi(name);

const problem = named('Problem', contract.problem);

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { 'application/json': { schema } } });

export const body = <Schema extends z.ZodType>(schema: Schema) => ({ body: { required: true, content: { 'application/json': { schema } } } });

export const params = z.object({ id: contract.uuid });

export const problems = { description: 'What went wrong, and what to do (RFC 9457)', content: { 'application/problem+json': { schema: problem } } };

/** Two ways of saying who calls; either will do. */
export const security = [{ session: [] }, { bearer: [] }];
