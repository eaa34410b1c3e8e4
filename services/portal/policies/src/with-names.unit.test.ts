import { namesOf } from '@team/policies';
import { namesIn, withNames } from './with-names.ts';

const sre = '93672a4c-0000-7000-8000-000000000101';
const names = namesOf({ rootId: 'r-acme', users: [], groups: [{ id: sre, name: 'SRE' }], accounts: [{ id: '111122223333', name: 'payments' }], organizationalUnits: [], permissionSets: [] });

it.each([
  ['it adds groups: ' + sre, 'it adds groups: SRE'],
  ['who may approve in payments (111122223333)', 'who may approve in payments (111122223333)'],
  ['AWS knows no account 444455556666', 'AWS knows no account 444455556666'],
])('%s', (text, expected) => {
  expect(withNames(text, names)).toBe(expected);
});

it('what ids in a text are called, each once', () => {
  expect(namesIn(`${sre} 111122223333 ${sre} 444455556666`, names)).toEqual([{ id: sre, name: 'SRE' }, { id: '111122223333', name: 'payments' }]);
});
