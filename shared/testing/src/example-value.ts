import { createHash } from 'node:crypto';
import type { EventContract } from '@team/contracts';

/** JSON Schema of one value, as a contract gives it. */
export type JsonSchema = Exclude<ReturnType<EventContract['detail']['toJSONSchema']>['items'], undefined | boolean | readonly unknown[]>;

export interface ExampleOptions {
  /**
   * `required`: nothing that could be left out; `whole`: every optional field too, and one item in each list;
   * `largest`: every text, list and number at its bound.
   */
  readonly extent: 'required' | 'whole' | 'largest';
  /** Which alternative of each union to take, counted from 0; the last where there are fewer. `largest` takes the longest. Default 0. */
  readonly alternative?: number;
}

/** A character that takes three bytes in UTF-8, the most that one UTF-16 unit can take without being escaped. */
const widest = '語';

/**
 * Makes a value that fits a schema; the same schema always gives the same value. Texts carry their field's name, ids differ by field,
 * so that a test notices when two are mixed up. Throws for a pattern that none of its samples fits.
 *
 * @example exampleValue(schema, { extent: 'whole' })
 */
export function exampleValue(schema: JsonSchema, options: ExampleOptions, name = 'example'): unknown {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return ofUnion(alternatives.map(asSchema), options, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return options.extent === 'largest' ? longest(schema.enum) : schema.enum[0];
  switch (schema.type) {
    case 'object':
      return ofObject(schema, options);
    case 'array':
      return Array.from({ length: itemCount(schema, options) }, () => exampleValue(asSchema(schema.items), options, name));
    case 'string':
      return ofText(schema, options, name);
    case 'integer':
    case 'number':
      return options.extent === 'largest' ? (schema.maximum ?? Number.MAX_SAFE_INTEGER) : Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    default:
      return name;
  }
}

/** A UUID that depends on the text alone. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The schema under a keyword where JSON Schema would also take a boolean or a list, which contracts never use. */
export function asSchema(schema: JsonSchema['items']): JsonSchema {
  if (typeof schema !== 'object' || Array.isArray(schema)) throw new TypeError('a contract describes every value by a schema');
  return schema;
}

function ofUnion(alternatives: readonly JsonSchema[], options: ExampleOptions, name: string): unknown {
  if (options.extent === 'largest') return longest(alternatives.map((alternative) => exampleValue(alternative, options, name)));
  const chosen = alternatives[options.alternative ?? 0] ?? alternatives.at(-1);
  return exampleValue(asSchema(chosen), options, name);
}

function ofObject(schema: JsonSchema, options: ExampleOptions): Record<string, unknown> {
  const taken = Object.entries(schema.properties ?? {}).filter(
    ([key]) => options.extent !== 'required' || schema.required?.includes(key) === true,
  );
  return Object.fromEntries(taken.map(([key, value]) => [key, exampleValue(asSchema(value), options, key)]));
}

function itemCount(schema: JsonSchema, { extent }: ExampleOptions): number {
  const least = schema.minItems ?? 0;
  if (extent === 'required') return least;
  if (extent === 'whole') return Math.max(least, 1);
  if (schema.maxItems === undefined) throw new RangeError('a list without maxItems has no largest example');
  return schema.maxItems;
}

function ofText(schema: JsonSchema, { extent }: ExampleOptions, name: string): string {
  const most = schema.maxLength ?? (extent === 'largest' ? undefined : name.length);
  if (schema.format === 'date-time') return extent === 'largest' ? '2026-11-22T10:00:00.000000000Z' : '2026-11-22T10:00:00.000Z';
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern);
    const fitting = samples(name, schema.maxLength ?? 0).filter((text) => pattern.test(text) && text.length <= (schema.maxLength ?? Infinity));
    const chosen = extent === 'largest' ? longest(fitting) : fitting[0];
    if (typeof chosen !== 'string') throw new RangeError(`no sample fits ${schema.pattern}: add one`);
    return chosen;
  }
  if (most === undefined) throw new RangeError(`text without maxLength has no largest example: ${name}`);
  return extent === 'largest' ? widest.repeat(most) : name.slice(0, most).padEnd(schema.minLength ?? 0, '-');
}

/** Texts of every form that contracts ask for, the plain ones first, then the longest of each form. */
function samples(name: string, maxLength: number): readonly string[] {
  const id = uuidFrom(name);
  const segment = 'a'.repeat(64);
  return [
    'example-policy',
    id,
    '111122223333',
    'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-0123456789abcdef',
    'ou-exam-12345678',
    createHash('sha256').update(name).digest('hex'),
    'e30.e30.c2lnbmF0dXJl',
    'ERR_EXAMPLE',
    '08:00',
    'p'.repeat(63),
    `1234567890-${id}`,
    `${`arn:aws:sso:::permissionSet/ssoins-${segment}`.slice(0, 108)}/ps-${'0'.repeat(16)}`,
    `ou-${'a'.repeat(32)}-${'b'.repeat(32)}`,
    `${'a'.repeat(Math.max(maxLength - 4, 1))}.b.c`,
    `ERR_${'A'.repeat(60)}`,
  ];
}

function longest(values: readonly unknown[]): unknown {
  return values.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
}
