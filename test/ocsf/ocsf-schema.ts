import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Attribute {
  readonly requirement?: string | null;
  readonly type?: string;
  readonly is_array?: boolean;
  readonly enum?: Readonly<Record<string, { readonly caption?: string }>>;
  /** Attribute that has the caption of this one's value. */
  readonly sibling?: string;
}
interface Definition {
  readonly name: string;
  readonly extends?: string;
  readonly uid?: number;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly constraints?: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
}

/** The OCSF schema as published: https://github.com/ocsf/ocsf-schema */
export interface OcsfSchema {
  /** What is wrong with an object as an event of this class, each with its path. */
  problems(className: string, event: unknown): readonly string[];
}

/** Scalar types of OCSF by how JSON writes them. https://schema.ocsf.io/1.8.0/data_types */
const numbers = new Set(['integer_t', 'long_t', 'timestamp_t', 'port_t', 'float_t']);

/** Reads the schema; undefined where the folder is not there. */
export function readOcsfSchema(folder: string): OcsfSchema | undefined {
  if (!existsSync(folder)) return undefined;
  const read = (file: string): Definition => JSON.parse(readFileSync(file, 'utf8')) as Definition;
  const filesBelow = (below: string): string[] => readdirSync(path.join(folder, below), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => path.join(folder, below, name));
  const events = new Map(filesBelow('events').map(read).map((one) => [one.name, one]));
  const objects = new Map(filesBelow('objects').map(read).map((one) => [one.name, one]));
  const dictionary = (JSON.parse(readFileSync(path.join(folder, 'dictionary.json'), 'utf8')) as { attributes: Record<string, Attribute> }).attributes;

  /** Attributes of a definition with those that it inherits; the nearer says the rest. */
  function attributesOf(kind: ReadonlyMap<string, Definition>, name: string): Map<string, Attribute> {
    const one = kind.get(name);
    if (one === undefined) throw new Error(`OCSF has no ${name}`);
    const found = one.extends === undefined ? new Map<string, Attribute>() : attributesOf(kind, one.extends);
    for (const [key, attribute] of Object.entries(one.attributes ?? {})) {
      if (key.startsWith('$')) continue;
      const inherited = found.get(key);
      found.set(key, { ...dictionary[key], ...inherited, ...attribute, enum: { ...dictionary[key]?.enum, ...inherited?.enum, ...attribute.enum } });
    }
    return found;
  }

  function constraintsOf(kind: ReadonlyMap<string, Definition>, name: string): NonNullable<Definition['constraints']> {
    const one = kind.get(name);
    return one?.constraints ?? (one?.extends === undefined ? {} : constraintsOf(kind, one.extends));
  }

  function check(kind: ReadonlyMap<string, Definition>, name: string, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: is no object`];
    const given = new Map(Object.entries(value));
    const attributes = attributesOf(kind, name);
    const { at_least_one: some = [], just_one: one = [] } = constraintsOf(kind, name);
    const has = (keys: readonly string[]): number => keys.filter((key) => given.has(key)).length;
    return [
      ...[...attributes].filter(([key, { requirement }]) => requirement === 'required' && !given.has(key)).map(([key]) => `${at}.${key}: is required`),
      ...(some.length > 0 && has(some) === 0 ? [`${at}: needs one of ${some.join(', ')}`] : []),
      ...(one.length > 0 && has(one) !== 1 ? [`${at}: needs just one of ${one.join(', ')}`] : []),
      ...[...given].flatMap(([key, member]) => checkSibling(attributes.get(key), member, given, at)),
      ...[...given].flatMap(([key, member]) => checkMember(attributes.get(key), member, `${at}.${key}`)),
    ];
  }

  /** What stands beside a number says in words what the number means; beside 0 and 99 it may say what the source says. */
  function checkSibling(attribute: Attribute | undefined, value: unknown, given: ReadonlyMap<string, unknown>, at: string): string[] {
    const caption = attribute?.enum?.[String(value)]?.caption;
    const sibling = attribute?.sibling ?? '';
    if (caption === undefined || value === 0 || value === 99 || !given.has(sibling) || given.get(sibling) === caption) return [];
    return [`${at}.${sibling}: is ${String(given.get(sibling))}, and ${String(value)} means ${caption}`];
  }

  function checkMember(attribute: Attribute | undefined, value: unknown, at: string): string[] {
    if (attribute === undefined) return [`${at}: OCSF knows no such attribute here`];
    if (attribute.is_array === true) return Array.isArray(value) ? value.flatMap((item, i) => checkScalar(attribute, item, `${at}[${i}]`)) : [`${at}: is no list`];
    return checkScalar(attribute, value, at);
  }

  function checkScalar({ type = '', enum: allowed = {} }: Attribute, value: unknown, at: string): string[] {
    if (Object.keys(allowed).length > 0 && !Object.hasOwn(allowed, String(value))) return [`${at}: ${String(value)} is none of ${Object.keys(allowed).join(', ')}`];
    if (objects.has(type)) return check(objects, type, value, at);
    if (type === 'boolean_t') return typeof value === 'boolean' ? [] : [`${at}: is no boolean`];
    if (numbers.has(type)) return typeof value === 'number' && (type === 'float_t' || Number.isSafeInteger(value)) ? [] : [`${at}: is no ${type}`];
    return typeof value === 'string' ? [] : [`${at}: is no text`];
  }

  const categories = (JSON.parse(readFileSync(path.join(folder, 'categories.json'), 'utf8')) as { attributes: Record<string, { uid: number }> }).attributes;

  /** A class says its number within its category: https://github.com/ocsf/ocsf-docs, "Understanding OCSF" */
  function identity(className: string): { readonly category_uid: number; readonly class_uid: number } {
    const categoryOf = (name: string): string => events.get(name)?.category ?? categoryOf(events.get(name)?.extends ?? '');
    const category = categories[categoryOf(className)]?.uid ?? 0;
    return { category_uid: category, class_uid: category * 1000 + (events.get(className)?.uid ?? 0) };
  }

  return {
    problems(className, event) {
      const { category_uid: category, class_uid: uid, ...rest } = { ...(event as Record<string, unknown>) };
      const wanted = identity(className);
      const differs = JSON.stringify({ category_uid: category, class_uid: uid }) === JSON.stringify(wanted) ? [] : [`${className}: class ${String(uid)} of category ${String(category)}, and is ${wanted.class_uid} of ${wanted.category_uid}`];
      return [...differs, ...check(events, className, rest, className).filter((problem) => !/\.(category_uid|class_uid): is required$/.test(problem))];
    },
  };
}
