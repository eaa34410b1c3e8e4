import assert from 'node:assert/strict';
import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const operators = `${guide}/eb-create-pattern-operators.html`;

const event = {
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  account: '111122223333',
  source: 'team.request',
  time: '2026-03-02T09:00:00Z',
  region: 'eu-central-1',
  resources: [],
  'detail-type': 'AccessRequestAccepted.v1',
  detail: { data: { approval: 'required', count: 3 } },
};

interface PatternCase {
  readonly what: string;
  readonly pattern: object;
  readonly source?: string;
  /** Each with whether it matches. */
  readonly events: readonly (readonly [more: object, matches: boolean])[];
}

/** What the product's rules are written with: `rulePattern` in shared/runtime. */
const cases: readonly PatternCase[] = [
  {
    what: 'a list of detail-types matches each of them',
    pattern: { 'detail-type': ['AccessApproved.v1', 'AccessRequestAccepted.v1'] },
    events: [[{}, true], [{ 'detail-type': 'AccessDenied.v1' }, false]],
  },
  {
    what: 'exists false matches what was not replayed',
    pattern: { 'replay-name': [{ exists: false }] },
    source: `${guide}/eb-replay-archived-event.html`,
    events: [[{}, true], [{ 'replay-name': 'after-the-outage' }, false]],
  },
  {
    what: 'exists true matches what has the member',
    pattern: { detail: { data: { approval: [{ exists: true }] } } },
    events: [[{}, true], [{ detail: { data: {} } }, false]],
  },
  {
    what: 'anything-but matches everything else',
    pattern: { source: [{ 'anything-but': ['team.audit'] }] },
    events: [[{}, true], [{ source: 'team.audit' }, false]],
  },
  {
    what: '$or matches where either does',
    pattern: { $or: [{ source: [{ 'anything-but': ['team.audit'] }] }, { 'detail-type': [{ 'anything-but': ['AuditRecorded.v1'] }] }] },
    events: [
      [{}, true],
      [{ source: 'team.audit' }, true],
      [{ source: 'team.audit', 'detail-type': 'AuditRecorded.v1' }, false],
    ],
  },
  {
    what: 'prefix matches the beginning',
    pattern: { source: [{ prefix: 'team.' }] },
    events: [[{}, true], [{ source: 'acme.team.' }, false]],
  },
  {
    what: 'several members must all match',
    pattern: { source: ['team.request'], detail: { data: { approval: ['required'] } } },
    events: [[{}, true], [{ detail: { data: { approval: 'not-required' } } }, false]],
  },
];

const invalid: readonly (readonly [what: string, pattern: string])[] = [
  ['no JSON', '{'],
  ['a value that is not a list', '{"source":"team.request"}'],
  ['an operator that there is not', '{"source":[{"begins":"team."}]}'],
];

const matches = async ({ clients }: Place, pattern: object, more: object): Promise<boolean | undefined> => {
  const command = new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify({ ...event, ...more }) });
  return (await clients.eventBridge.send(command)).Result;
};

/** Beliefs about the grammar of patterns. */
export const patternBeliefs: readonly Belief[] = [
  ...cases.map(({ what, pattern, source = operators, events }): Belief => ({
    id: `pattern.${what.split(' ').slice(0, 3).join('-').replaceAll(/[^a-z-]/g, '')}`,
    says: `In a pattern, ${what}.`,
    source,
    async check(place) {
      for (const [more, expected] of events) assert.equal(await matches(place, pattern, more), expected, JSON.stringify(more));
    },
  })),
  {
    id: 'pattern.invalid',
    says: 'A pattern that is none is refused.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html',
    async check(place) {
      for (const [what, EventPattern] of invalid) {
        const test = place.clients.eventBridge.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }));
        await assert.doesNotReject(refusal(test, /^InvalidEventPatternException$/), what);
      }
    },
  },
];
