import { isDeepStrictEqual } from 'node:util';
import { isList, isObject, type Json, type JsonObject } from './event-schema.ts';

/** A change inside a major that breaks whoever publishes or consumes the event. */
export interface Breaking {
  /** Where: `AccessApproved.v1 data.grants[].proof`. */
  readonly path: string;
  /** What changed, as a sentence. */
  readonly message: string;
}

/** Keywords that speak to people only. */
const annotations = new Set(['title', 'description', 'deprecated', 'examples', '$comment']);
/** Keywords that hold one schema, and how a path through them is written. */
const below: Readonly<Record<string, string>> = { items: '[]', additionalProperties: '{}', propertyNames: '{names}' };
const unions = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
/** Bounds, and on which side they stand. */
const bounds: Readonly<Record<string, 'least' | 'most'>> = {
  minLength: 'least', minItems: 'least', minimum: 'least', exclusiveMinimum: 'least', minProperties: 'least',
  maxLength: 'most', maxItems: 'most', maximum: 'most', exclusiveMaximum: 'most', maxProperties: 'most',
};

/**
 * What changed between two published schemas of one event major beyond an added optional field, which is all that may change: facts
 * have readers that a looser schema breaks, intents have senders that a stricter one breaks, and nobody should have to know which
 * is which. Words for people and the mark that the major is deprecated may change. Members of a union are compared by position.
 *
 * @example breakingChanges(before, after) // [{ path: 'data.requester', message: 'The field was removed.' }]
 */
export function breakingChanges(before: JsonObject, after: JsonObject): readonly Breaking[] {
  return compare(before, after, '');
}

/**
 * The same over all schemas of two states of `contracts/published/`, by file name. A file that is new is a new event or a new major.
 */
export function breakingChangesOfAll(before: ReadonlyMap<string, JsonObject>, after: ReadonlyMap<string, JsonObject>): readonly Breaking[] {
  return [...before].flatMap(([file, schema]): readonly Breaking[] => {
    const event = file.replace(/\.json$/, '');
    const now = after.get(file);
    if (now === undefined) return [{ path: event, message: 'The event was removed.' }];
    return breakingChanges(schema, now).map(({ path, message }) => ({ path: `${event} ${path}`.trimEnd(), message }));
  });
}

function compare(before: JsonObject, after: JsonObject, path: string): Breaking[] {
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords].filter((keyword) => !annotations.has(keyword)).flatMap((keyword) => compareKeyword(keyword, before, after, path));
}

function compareKeyword(keyword: string, before: JsonObject, after: JsonObject, path: string): Breaking[] {
  const [was, is] = [before[keyword], after[keyword]];
  if (keyword === 'properties') return compareFields(before, after, path);
  // Compared field by field, with `properties`.
  if (keyword === 'required') return isObject(before['properties']) ? [] : unequal(keyword, was, is, path);
  if (keyword === 'x-team') return compareIdentity(was, is);
  if (keyword === 'enum') return compareEnum(was, is, path);
  if (unions.has(keyword) && isList(was) && isList(is)) return compareMembers(was, is, path);
  const step = below[keyword];
  if (step !== undefined && isObject(was) && isObject(is)) return compare(was, is, `${path}${step}`);
  return unequal(keyword, was, is, path);
}

function compareFields(before: JsonObject, after: JsonObject, path: string): Breaking[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const changed = [...was].flatMap(([field, { schema, required }]): Breaking[] => {
    const here = path === '' ? field : `${path}.${field}`;
    const now = is.get(field);
    if (now === undefined) return [{ path: here, message: 'The field was removed.' }];
    const flipped = now.required ? 'The field was optional and is required.' : 'The field was required and is optional.';
    return [...(now.required === required ? [] : [{ path: here, message: flipped }]), ...compareSchemas(schema, now.schema, here)];
  });
  const added = [...is]
    .filter(([field, { required }]) => required && !was.has(field))
    .map(([field]) => ({ path: path === '' ? field : `${path}.${field}`, message: 'A required field was added; only optional ones may be.' }));
  return [...changed, ...added];
}

function compareSchemas(before: Json | undefined, after: Json | undefined, path: string): Breaking[] {
  return isObject(before) && isObject(after) ? compare(before, after, path) : unequal('schema', before, after, path);
}

function compareIdentity(before: Json | undefined, after: Json | undefined): Breaking[] {
  const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return ['kind', 'source', 'detailType'].flatMap((key) => unequal(key, was[key], is[key], 'x-team'));
}

function compareEnum(before: Json | undefined, after: Json | undefined, path: string): Breaking[] {
  if (!isList(before) || !isList(after)) return unequal('enum', before, after, path);
  const removed = before.filter((value) => !after.includes(value)).map((value) => ({ path, message: `The value ${show(value)} was removed.` }));
  const added = after
    .filter((value) => !before.includes(value))
    .map((value) => ({ path, message: `The value ${show(value)} was added; consumers do not know it.` }));
  return [...removed, ...added];
}

function compareMembers(before: readonly Json[], after: readonly Json[], path: string): Breaking[] {
  if (before.length === after.length) return before.flatMap((member, i) => compareSchemas(member, after[i], `${path}(${i + 1})`));
  const verb = before.length > after.length ? 'removed' : 'added';
  return [{ path, message: `A member of the union was ${verb}: it had ${before.length} and has ${after.length}.` }];
}

function unequal(keyword: string, was: Json | undefined, is: Json | undefined, path: string): Breaking[] {
  if (isDeepStrictEqual(was, is)) return [];
  if (was === undefined) return [{ path, message: `${keyword} ${show(is)} was added.` }];
  if (is === undefined) return [{ path, message: `${keyword} ${show(was)} was removed.` }];
  const side = bounds[keyword];
  const how = side === undefined || typeof was !== 'number' || typeof is !== 'number' ? 'changed' : is > was === (side === 'least') ? 'tightened' : 'loosened';
  return [{ path, message: `${keyword} was ${how} from ${show(was)} to ${show(is)}.` }];
}

function fieldsOf(schema: JsonObject): ReadonlyMap<string, { readonly schema: Json | undefined; readonly required: boolean }> {
  const { properties, required } = schema;
  const names = isList(required) ? required : [];
  return new Map(Object.entries(isObject(properties) ? properties : {}).map(([name, field]) => [name, { schema: field, required: names.includes(name) }]));
}

function show(value: Json | undefined): string {
  return JSON.stringify(value) ?? 'nothing';
}
