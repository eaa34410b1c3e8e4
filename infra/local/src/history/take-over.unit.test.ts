import { dynamoDb, memoryStore, seededRandom, virtualTimeline, type Change, type Store } from '../cloud/index.ts';
import { changesSince, textsOf } from './changes.ts';
import { takeOver } from './take-over.ts';

const item = (pk: string, said: string) => ({ pk: { S: pk }, said: { S: said } });
const things = 'dynamodb/items/things';
const bySaid = 'dynamodb/index/things/said';

/** A store with a table and its index, in which these stand; a key of the index is that of its text. */
function put(store: Store, ...items: readonly ReturnType<typeof item>[]): void {
  for (const one of items) {
    const before = store.map<ReturnType<typeof item>>(things).get(one.pk.S);
    if (before !== undefined) store.map(bySaid).delete(`${before.said.S} ${one.pk.S}`);
    store.map(things).set(one.pk.S, one);
    store.map(bySaid).set(`${one.said.S} ${one.pk.S}`, one);
  }
}

function begin() {
  const beginning = memoryStore();
  beginning.map('dynamodb/tables').set('things', { TableName: 'things', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] });
  put(beginning, item('policy', 'as it was'), item('counter', '0'));
  const base: readonly Change[] = [...beginning.all()];
  const [past, present] = [memoryStore(base), memoryStore(base)];
  const dynamo = dynamoDb({ store: present, timeline: virtualTimeline(0), random: seededRandom(1), accountId: '111122223333', region: 'eu-central-1' });
  return { past, present, take: () => takeOver([...changesSince(textsOf(base), past)], textsOf(base), { store: present, dynamo }) };
}

const standing = (store: Store) => Object.fromEntries([...store.map<ReturnType<typeof item>>(things).entries()].map(([key, { said }]) => [key, said.S]));
const indexed = (store: Store) => [...store.map(bySaid).entries()].map(([key]) => key).sort();

it('puts what the past has made and changed beside what the present has made', () => {
  const { past, present, take } = begin();
  put(past, item('old', 'long ago'), item('policy', 'changed'));
  put(present, item('new', 'just now'));
  expect(take()).toEqual([]);
  expect(standing(present)).toEqual({ old: 'long ago', new: 'just now', policy: 'changed', counter: '0' });
  expect(indexed(present)).toEqual(['0 counter', 'changed policy', 'just now new', 'long ago old']);
});

it('leaves what the present has changed itself, with its entries in indexes', () => {
  const { past, present, take } = begin();
  put(past, item('counter', '5'), item('both', 'of the past'));
  put(present, item('counter', '1'), item('both', 'of the present'));
  expect(take()).toEqual(['things ["counter"]', 'things ["both"]'].map((text) => text.replace('["', '[{"S":"').replace('"]', '"}]')));
  expect(standing(present)).toEqual({ policy: 'as it was', counter: '1', both: 'of the present' });
  expect(indexed(present)).toEqual(['1 counter', 'as it was policy', 'of the present both']);
});

it('hands over nothing of queues, sessions of time or the bus', () => {
  const { past, present, take } = begin();
  for (const map of ['sqs/messages/a', 'events/archive/team', 'timeline', 'organization.assignments']) past.map(map).set('key', { any: 'thing' });
  past.map('sso-admin.operations').set('one', { status: 'SUCCEEDED' });
  take();
  expect(new Set([...present.all()].map(([map]) => map))).toEqual(new Set(['dynamodb/tables', things, bySaid, 'sso-admin.operations']));
});
