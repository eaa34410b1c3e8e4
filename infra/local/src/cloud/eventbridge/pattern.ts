import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../wire/json-protocol.ts';
import { operatorTest, PatternError, type Scalar, type Test } from './operators.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: event pattern size, adjustable there. */
const maxPatternLength = 2_048;

export type Matcher = (event: JsonObject) => boolean;

/** A node of a compiled pattern: does `value`, which stands at `path` in `event`, match? */
type Node = (value: Json | undefined, path: readonly string[], event: JsonObject) => boolean;

/**
 * Compiles an event pattern. Throws `PatternError` with the reason where AWS would refuse it.
 * Matching follows AWS: a field's list means any of its values, fields of an object all must match, a list in the event
 * matches by any element, and the fields of one object in a list must match in the same element.
 * Unlike AWS, numbers are compared as numbers, so 300 and 300.0 are the same here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function compilePattern(text: string): Matcher {
  if (text.length > maxPatternLength) throw new PatternError(`Event pattern exceeds ${maxPatternLength} characters`);
  const pattern = parse(text);
  if (!isJsonObject(pattern)) throw new PatternError('Filter is not an object');
  const node = objectNode(pattern);
  return (event) => node(event, [], event);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw Object.assign(new PatternError('Event pattern is not valid JSON'), { cause });
  }
}

function objectNode(pattern: JsonObject): Node {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternError('Empty objects are not allowed');
  const nodes = entries.map(([key, below]) => (key === '$or' && isOr(below) ? orNode(below) : fieldNode(key, below)));
  const matches: Node = (value, path, event) => {
    if (Array.isArray(value)) return value.some((element) => matches(element, path, event));
    // A field that is absent may still be what `exists: false` asks for.
    const object = isJsonObject(value) ? value : {};
    return nodes.every((node) => node(object, path, event));
  };
  return matches;
}

/** `$or` is an operator only with two or more objects; otherwise a field may be called so. */
function isOr(value: Json | undefined): value is JsonObject[] {
  return Array.isArray(value) && value.length > 1 && value.every(isJsonObject);
}

function orNode(alternatives: readonly JsonObject[]): Node {
  const nodes = alternatives.map(objectNode);
  return (value, path, event) => nodes.some((node) => node(value, path, event));
}

function fieldNode(key: string, pattern: Json | undefined): Node {
  const below = isJsonObject(pattern) ? objectNode(pattern) : leafNode(key, pattern);
  return (value, path, event) => below(isJsonObject(value) ? value[key] : undefined, [...path, key], event);
}

function leafNode(key: string, alternatives: Json | undefined): Node {
  if (!Array.isArray(alternatives)) throw new PatternError(`"${key}" must be an object or an array`);
  if (alternatives.length === 0) throw new PatternError(`"${key}": empty arrays are not allowed`);
  const nodes = alternatives.map((alternative) => alternativeNode(key, alternative));
  return (value, path, event) => nodes.some((node) => node(value, path, event));
}

function alternativeNode(key: string, alternative: Json): Node {
  if (Array.isArray(alternative)) throw new PatternError(`"${key}": match value must be String, number, true, false, or null`);
  if (!isJsonObject(alternative)) return valueNode((value) => value === alternative);
  return 'exists' in alternative ? existsNode(alternative) : valueNode(operatorTest(alternative));
}

function valueNode(test: Test): Node {
  return (value) => scalarsOf(value).some(test);
}

/**
 * `exists` is about leaves: an object in that place counts as absent. `exists: false` holds when no element of any list
 * on the way has the field.
 */
function existsNode(operator: JsonObject): Node {
  const { exists } = operator;
  if (Object.keys(operator).length > 1 || typeof exists !== 'boolean') throw new PatternError('exists match pattern must be true or false');
  if (exists) return (value) => scalarsOf(value).length > 0;
  return (_value, path, event) => !hasLeaf(event, path);
}

function hasLeaf(value: Json | undefined, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => hasLeaf(element, path));
  const [key, ...rest] = path;
  if (key === undefined) return scalarsOf(value).length > 0;
  return isJsonObject(value) && hasLeaf(value[key], rest);
}

function scalarsOf(value: Json | undefined): Scalar[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  return isJsonObject(value) ? [] : [value];
}
