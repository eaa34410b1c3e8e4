import { asSchema, type JsonSchema } from '@team/testing';

/** One value inside an example, with the schema that describes it. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly schema: JsonSchema;
  /** False for optional fields and list items. */
  readonly required: boolean;
}

/** Every value inside `value`, itself included; of a list its first item. `alternative` as in `exampleValue`, which made the value. */
export function placesIn(schema: JsonSchema, value: unknown, alternative: number, path: Place['path'] = [], required = false): readonly Place[] {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    return placesIn(asSchema(alternatives[alternative] ?? alternatives.at(-1)), value, alternative, path, required);
  }
  const here: Place = { path, schema, required };
  if (Array.isArray(value)) {
    return value.length === 0 ? [here] : [here, ...placesIn(asSchema(schema.items), value[0], alternative, [...path, 0])];
  }
  if (typeof value !== 'object' || value === null) return [here];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const child: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
    if (child === undefined) return [];
    return placesIn(asSchema(field), child, alternative, [...path, name], schema.required?.includes(name) === true);
  });
  return [here, ...fields];
}

/** A copy of `value` with another value at `path`; `undefined` takes the field away. */
export function replaced(value: unknown, path: Place['path'], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === key ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) throw new TypeError(`no field ${key} in ${String(value)}`);
  const child: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  const after = replaced(child, rest, by);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(after === undefined ? others : [...others, [key, after]]);
}

/** Values that a schema must not let pass: of another type, and just beyond each of its bounds. */
export function unfitFor(schema: JsonSchema, value: unknown): readonly unknown[] {
  switch (schema.type) {
    case 'object':
      return [null, 'text', [value]];
    case 'array': {
      const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
      const tooMany = schema.maxItems === undefined || items.length === 0 ? [] : [Array.from({ length: schema.maxItems + 1 }, () => items[0])];
      return [null, 'text', { 0: items[0] }, ...((schema.minItems ?? 0) > 0 ? [[]] : []), ...tooMany];
    }
    case 'string':
      return [null, 7, [value], ...unfitTexts(schema)];
    case 'integer': {
      const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return [null, '7', minimum + 0.5, minimum - 1, ...(maximum < Number.MAX_SAFE_INTEGER ? [maximum + 1] : [])];
    }
    case 'boolean':
      return [null, 'true', 1];
    default:
      return [];
  }
}

function unfitTexts(schema: JsonSchema): readonly string[] {
  if (schema.enum !== undefined || schema.const !== undefined) return ['no such value'];
  if (schema.format === 'date-time') return ['', 'tomorrow', '2026-11-22', '2026-02-30T10:00:00Z', '2026-11-22T10:00:00+01:00', `2026-11-22T10:00:00.${'0'.repeat(20)}Z`];
  const tooShort = (schema.minLength ?? 0) > 0 ? [''] : [];
  const tooLong = schema.maxLength === undefined ? [] : ['a'.repeat(schema.maxLength + 1)];
  return [...tooShort, ...tooLong, ...(schema.pattern === undefined ? [] : ['', '?', '\n'])];
}
