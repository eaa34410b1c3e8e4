import * as z from 'zod';
import { defineFact } from '../src/define-event.ts';
import { timestamp } from '../src/primitives.ts';
import { differences, publishedFiles } from './published-files.ts';

const thingDone = defineFact('team.audit', {
  detailType: 'ThingDone.v1',
  summary: 'A thing was done.',
  deprecatedOn: '2027-06-30',
  data: z.object({ doneAt: timestamp, email: z.email().max(100), nested: z.object({ title: z.string().max(5) }).optional() }),
});

function schemaOf(file: string): unknown {
  return JSON.parse(publishedFiles([thingDone]).get(file) ?? 'null');
}

describe('a published schema', () => {
  it('names the event, its kind and source, and the day of its deprecation', () => {
    expect(schemaOf('ThingDone.v1.json')).toMatchObject({
      title: 'ThingDone.v1',
      description: 'A thing was done.',
      deprecated: true,
      'x-team': { kind: 'fact', source: 'team.audit', detailType: 'ThingDone.v1', deprecatedOn: '2027-06-30' },
    });
  });

  it('says formats without the expressions of the library, and UTC in its own', () => {
    expect(schemaOf('ThingDone.v1.json')).toHaveProperty('properties.data.properties', {
      doneAt: { type: 'string', format: 'date-time', pattern: 'Z$', maxLength: 30 },
      email: { type: 'string', format: 'email', maxLength: 100 },
      nested: { type: 'object', properties: { title: { type: 'string', maxLength: 5 } }, required: ['title'] },
    });
  });

  it('keeps fields in the order of their definition, whatever they are called', () => {
    expect(publishedFiles([thingDone]).get('ThingDone.v1.json')).toMatch(/"doneAt"[^]*"email"[^]*"nested"/);
  });

  it('forbids no field that it does not name', () => {
    expect(publishedFiles([thingDone]).get('ThingDone.v1.json')).not.toContain('additionalProperties');
  });
});

describe('the published folder', () => {
  const wanted = new Map([['a.json', '1'], ['b.json', '2']]);

  it('is up to date when it holds exactly what is generated', () => {
    expect(differences(wanted, new Map(wanted))).toEqual([]);
  });

  it('is behind where a file is missing, changed by hand, or left over', () => {
    expect(differences(wanted, new Map([['a.json', 'changed'], ['old.json', '3']]))).toEqual([
      { file: 'a.json', problem: 'out of date' },
      { file: 'b.json', problem: 'missing' },
      { file: 'old.json', problem: 'stale' },
    ]);
  });

  it('comes out the same in whatever order the events are listed', () => {
    const other = defineFact('team.audit', { detailType: 'AnotherThing.v1', summary: 'Another.', data: z.object({}) });
    expect([...publishedFiles([thingDone, other])]).toEqual([...publishedFiles([other, thingDone])]);
  });
});
