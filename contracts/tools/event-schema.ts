import type { EventContract } from '../src/define-event.ts';

/** A JSON value, as published files hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Order in which a schema's keywords are written. Keywords that are missing here follow, by name. */
const keywordOrder = ['$schema', 'title', 'description', 'deprecated', 'x-team', 'type', 'const', 'enum', 'format', 'pattern', 'properties', 'required'];

/**
 * What an event's `detail` promises to subscribers and asks of emitters: JSON Schema draft 2020-12 of `{ metadata, data }`.
 * It says nothing about fields that it does not name, so that adding one breaks nobody.
 */
export function eventSchema(contract: EventContract): JsonObject {
  const { detailType, kind, source, summary, deprecatedOn } = contract;
  const schema = contract.detail.toJSONSchema({
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      // The pattern that zod adds to a format changes between its releases. What it says beyond the format, UTC only, is said here.
      if (jsonSchema.format === 'date-time') jsonSchema.pattern = 'Z$';
      else if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  // Through JSON text: what is compared and published is exactly what a reader of the file gets.
  const plain = JSON.parse(JSON.stringify(schema)) as JsonObject;
  return inOrder({
    ...plain,
    title: detailType,
    description: summary,
    ...(deprecatedOn === undefined ? {} : { deprecated: true }),
    'x-team': { kind, source, detailType, deprecatedOn },
  });
}

function inOrder(schema: JsonObject): JsonObject {
  const rank = (keyword: string): number => (keywordOrder.includes(keyword) ? keywordOrder.indexOf(keyword) : keywordOrder.length);
  const keywords = Object.keys(schema).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keywords.map((keyword) => [keyword, ordered(keyword, schema[keyword])]));
}

function ordered(keyword: string, value: Json | undefined): Json | undefined {
  if (isList(value)) return keyword === 'enum' || keyword === 'required' ? value : value.map((item) => (isObject(item) ? inOrder(item) : item));
  if (!isObject(value) || keyword === 'const' || keyword === 'x-team') return value;
  // The names in `properties` are fields, not keywords: they keep the order of their definition.
  if (keyword !== 'properties') return inOrder(value);
  return Object.fromEntries(Object.entries(value).map(([field, schema]) => [field, isObject(schema) ? inOrder(schema) : schema]));
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
