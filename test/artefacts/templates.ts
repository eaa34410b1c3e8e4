import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { stacksOf, type Stack } from '../aws/stacks.ts';

/** The stacks whose templates are in a folder, as they would be deployed there. */
export function readTemplates(folder: string, region: string, account: string): Stack[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  return stacksOf(files.map((file) => ({ name: path.basename(file, '.template.json'), account, region, template: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as unknown })));
}

/** The properties of every resource of a type that has one of this name, as a schema reads them. */
export function resourcesOf<T>(stacks: readonly Stack[], type: string, having: string, schema: z.ZodType<T>): T[] {
  return stacks.flatMap(({ resources, resolve }) =>
    Object.values(resources).flatMap(({ Type, Properties }) => (Type === type && having in Properties ? [schema.parse(resolve(Properties))] : [])),
  );
}
