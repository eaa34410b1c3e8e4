import { breakingChanges, breakingChangesOfAll } from './compatibility.ts';
import { isList, isObject, type Json, type JsonObject } from './event-schema.ts';

const person: JsonObject = {
  type: 'object',
  properties: { kind: { type: 'string', const: 'person' }, userId: { type: 'string', pattern: '^[0-9a-f]{36}$' } },
  required: ['kind', 'userId'],
};
const service: JsonObject = { type: 'object', properties: { kind: { type: 'string', const: 'service' }, name: { type: 'string' } }, required: ['kind'] };

const dataFields: JsonObject = {
  endedAt: { type: 'string', format: 'date-time', maxLength: 30 },
  how: { type: 'string', enum: ['deleted', 'kept'] },
  note: { type: 'string', minLength: 1, maxLength: 100 },
  count: { type: 'integer', minimum: 1, maximum: 10 },
  ids: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 50 },
  grants: { type: 'array', items: { type: 'object', properties: { grantId: { type: 'string' } }, required: ['grantId'] } },
  by: { oneOf: [person, service] },
  labels: { type: 'object', propertyNames: { type: 'string', maxLength: 64 }, additionalProperties: { type: 'string' } },
  // A field may have a keyword's name.
  description: { type: 'string' },
  required: { type: 'boolean' },
};
const dataSchema: JsonObject = { type: 'object', properties: dataFields, required: ['endedAt', 'how'] };

const published: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'AccessEnded.v1',
  description: 'Access has ended.',
  'x-team': { kind: 'fact', source: 'team.provisioning', detailType: 'AccessEnded.v1' },
  type: 'object',
  properties: { data: dataSchema },
  required: ['data'],
};
const withRequiredField: JsonObject = { ...dataSchema, properties: { ...dataFields, extra: { type: 'string' } }, required: ['endedAt', 'how', 'extra'] };

const data = 'properties/data';
const fields = `${data}/properties`;

type Row = readonly [kind: string, at: string, value: Json | undefined, path: string, message: string];

const breaking: readonly Row[] = [
  ['a removed optional field', `${fields}/note`, undefined, 'data.note', 'The field was removed.'],
  ['a removed field of a list item', `${fields}/grants/items/properties/grantId`, undefined, 'data.grants[].grantId', 'The field was removed.'],
  ['a removed field named like a keyword', `${fields}/description`, undefined, 'data.description', 'The field was removed.'],
  ['a removed field named "required"', `${fields}/required`, undefined, 'data.required', 'The field was removed.'],
  ['all fields removed', `${data}/properties`, undefined, 'data.endedAt', 'The field was removed.'],
  ['another type', `${fields}/count/type`, 'number', 'data.count', 'type was changed from "integer" to "number".'],
  ['a type that also allows null', `${fields}/note/type`, ['string', 'null'], 'data.note', 'type was changed from "string" to ["string","null"].'],
  ['a field that may be anything now', `${fields}/note`, true, 'data.note', /^schema was changed from \{.*\} to true\.$/.source],
  ['an enum narrowed', `${fields}/how/enum`, ['deleted'], 'data.how', 'The value "kept" was removed.'],
  ['an enum widened', `${fields}/how/enum`, ['deleted', 'kept', 'lost'], 'data.how', 'The value "lost" was added; consumers do not know it.'],
  ['an enum lifted', `${fields}/how/enum`, undefined, 'data.how', 'enum ["deleted","kept"] was removed.'],
  ['an enum laid on', `${fields}/note/enum`, ['a'], 'data.note', 'enum ["a"] was added.'],
  ['another type of list item', `${fields}/ids/items/type`, 'integer', 'data.ids[]', 'type was changed from "string" to "integer".'],
  ['a list item with a bound', `${fields}/ids/items/maxLength`, 5, 'data.ids[]', 'maxLength 5 was added.'],
  ['list items undescribed', `${fields}/ids/items`, undefined, 'data.ids', 'items {"type":"string"} was removed.'],
  ['an optional field made required', `${data}/required`, ['endedAt', 'how', 'note'], 'data.note', 'The field was optional and is required.'],
  ['a required field made optional', `${data}/required`, ['endedAt'], 'data.how', 'The field was required and is optional.'],
  ['every field made optional', `${data}/required`, undefined, 'data.endedAt', 'The field was required and is optional.'],
  ['a required field of a list item made optional', `${fields}/grants/items/required`, [], 'data.grants[].grantId', 'The field was required and is optional.'],
  ['maxLength tightened', `${fields}/note/maxLength`, 50, 'data.note', 'maxLength was tightened from 100 to 50.'],
  ['maxLength loosened', `${fields}/note/maxLength`, 500, 'data.note', 'maxLength was loosened from 100 to 500.'],
  ['maxLength removed', `${fields}/note/maxLength`, undefined, 'data.note', 'maxLength 100 was removed.'],
  ['minLength tightened', `${fields}/note/minLength`, 2, 'data.note', 'minLength was tightened from 1 to 2.'],
  ['minLength loosened', `${fields}/note/minLength`, 0, 'data.note', 'minLength was loosened from 1 to 0.'],
  ['minimum tightened', `${fields}/count/minimum`, 2, 'data.count', 'minimum was tightened from 1 to 2.'],
  ['maximum loosened', `${fields}/count/maximum`, 11, 'data.count', 'maximum was loosened from 10 to 11.'],
  ['maxItems tightened', `${fields}/ids/maxItems`, 49, 'data.ids', 'maxItems was tightened from 50 to 49.'],
  ['minItems loosened', `${fields}/ids/minItems`, 0, 'data.ids', 'minItems was loosened from 1 to 0.'],
  ['a union member removed', `${fields}/by/oneOf`, [person], 'data.by', 'A member of the union was removed: it had 2 and has 1.'],
  ['a union member added', `${fields}/by/oneOf`, [person, service, person], 'data.by', 'A member of the union was added: it had 2 and has 3.'],
  ['a union turned into its one member', `${fields}/by`, person, 'data.by', /^oneOf .* was removed\.$/.source],
  ['a field removed from a union member', `${fields}/by/oneOf/1/properties/name`, undefined, 'data.by(2).name', 'The field was removed.'],
  ['oneOf turned into anyOf', `${fields}/by`, { anyOf: [person, service] }, 'data.by', /^oneOf .* was removed\.$/.source],
  ['a changed pattern', `${fields}/by/oneOf/0/properties/userId/pattern`, '^x$', 'data.by(1).userId', 'pattern was changed from "^[0-9a-f]{36}$" to "^x$".'],
  ['a changed format', `${fields}/endedAt/format`, 'date', 'data.endedAt', 'format was changed from "date-time" to "date".'],
  ['a format removed', `${fields}/endedAt/format`, undefined, 'data.endedAt', 'format "date-time" was removed.'],
  ['a changed constant', `${fields}/by/oneOf/1/properties/kind/const`, 'robot', 'data.by(2).kind', 'const was changed from "service" to "robot".'],
  ['undeclared fields forbidden', `${data}/additionalProperties`, false, 'data', 'additionalProperties false was added.'],
  ['other values in a map', `${fields}/labels/additionalProperties/type`, 'integer', 'data.labels{}', 'type was changed from "string" to "integer".'],
  ['other keys in a map', `${fields}/labels/propertyNames/maxLength`, 32, 'data.labels{names}', 'maxLength was tightened from 64 to 32.'],
  ['an added required field', data, withRequiredField, 'data.extra', 'A required field was added; only optional ones may be.'],
  ['another source', 'x-team/source', 'team.expiry', 'x-team', 'source was changed from "team.provisioning" to "team.expiry".'],
  ['a fact turned into an intent', 'x-team/kind', 'intent', 'x-team', 'kind was changed from "fact" to "intent".'],
  ['another detail-type', 'x-team/detailType', 'AccessEnded.v2', 'x-team', 'detailType was changed from "AccessEnded.v1" to "AccessEnded.v2".'],
  ['another dialect of JSON Schema', '$schema', 'http://json-schema.org/draft-04/schema#', '', /^\$schema was changed/.source],
];

const harmless: readonly (readonly [kind: string, at: string, value: Json | undefined])[] = [
  ['nothing', 'title', 'AccessEnded.v1'],
  ['an added optional field', `${fields}/extra`, { type: 'string' }],
  ['an added optional object with required fields', `${fields}/extra`, { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
  ['an added optional field of a list item', `${fields}/grants/items/properties/extra`, { type: 'string' }],
  ['an added optional field of a union member', `${fields}/by/oneOf/0/properties/extra`, { type: 'string' }],
  ['other words about the event', 'description', 'Access is over.'],
  ['other words about a field', `${fields}/note/description`, 'What the person said.'],
  ['enum values in another order', `${fields}/how/enum`, ['kept', 'deleted']],
  ['required fields in another order', `${data}/required`, ['how', 'endedAt']],
  ['the mark that the major is deprecated', 'deprecated', true],
  ['the day of its deprecation', 'x-team/deprecatedOn', '2027-06-30'],
];

describe('inside a major', () => {
  it.each(breaking)('%s is breaking', (_kind, at, value, path, message) => {
    const found = breakingChanges(published, edited(published, at.split('/'), value));
    expect(found).toContainEqual({ path, message: message.startsWith('^') ? expect.stringMatching(message) : message });
  });

  it.each(harmless)('%s passes', (_kind, at, value) => {
    expect(breakingChanges(published, edited(published, at.split('/'), value))).toEqual([]);
  });

  it('reports every break, each once', () => {
    const after = edited(edited(published, `${fields}/note`.split('/'), undefined), `${fields}/count/maximum`.split('/'), 5);
    expect(breakingChanges(published, after)).toEqual([
      { path: 'data.note', message: 'The field was removed.' },
      { path: 'data.count', message: 'maximum was tightened from 10 to 5.' },
    ]);
  });
});

describe('among all published events', () => {
  const before = new Map([['AccessEnded.v1.json', published]]);

  it('a removed event is breaking', () => {
    expect(breakingChangesOfAll(before, new Map())).toEqual([{ path: 'AccessEnded.v1', message: 'The event was removed.' }]);
  });

  it('a changed event is named', () => {
    const after = new Map([['AccessEnded.v1.json', edited(published, `${fields}/note`.split('/'), undefined)]]);
    expect(breakingChangesOfAll(before, after)).toEqual([{ path: 'AccessEnded.v1 data.note', message: 'The field was removed.' }]);
  });

  it('a new event and a new major of any shape pass', () => {
    const after = new Map([...before, ['AccessEnded.v2.json', { type: 'string' }], ['AccessPaused.v1.json', { type: 'object' }]]);
    expect(breakingChangesOfAll(before, after)).toEqual([]);
  });
});

/** A copy with one place replaced, or removed where the value is `undefined`. */
function edited(schema: JsonObject, at: readonly string[], value: Json | undefined): JsonObject {
  const [key = '', ...rest] = at;
  const child = rest.length === 0 ? value : editedChild(schema[key], rest, value);
  const { [key]: _replaced, ...others } = schema;
  return child === undefined ? others : { ...others, [key]: child };
}

function editedChild(child: Json | undefined, at: readonly string[], value: Json | undefined): Json {
  if (isObject(child)) return edited(child, at, value);
  if (!isList(child)) throw new Error(`nothing at ${at.join('/')}`);
  const [index = '', ...rest] = at;
  return child.map((item, i) => (i === Number(index) ? editedChild(item, rest, value) : item));
}
