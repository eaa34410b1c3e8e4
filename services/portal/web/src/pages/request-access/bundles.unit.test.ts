import type { AskableBundle } from '../../../../api/src/contract/index.ts';
import { extentOf, heldBy, verdictOn, type Judged } from './bundles.ts';
import { emptyDraft, withChosen } from './draft.ts';
import { keptDraft } from './kept-draft.ts';

const accounts = ['111122223333', '444455556666'].map((accountId, place) => ({ accountId, accountName: `Shop ${place}` }));
const permissionSets = [1, 2].map((number) => ({ permissionSetArn: `arn:aws:sso:::permissionSet/ssoins-1/ps-${number}`, permissionSetName: `Set ${number}` }));
const bundle: AskableBundle = { bundleId: 'shops', accounts, permissionSets, targetCount: 4, askableCount: 4, maximumMinutes: 60, approvalRequired: true, breakGlass: false };
const judged = (change: Partial<Judged> = {}): Judged => ({ accountId: '111122223333', permissionSetArn: 'arn', allowed: true, approvalRequired: false, reasons: [], warnings: [], stages: [], ...change });

it('a bundle holds each of its permission sets in each of its accounts, fifty of which are named', () => {
  expect(heldBy(bundle).map(({ name }) => name)).toEqual(['Set 1 in Shop 0', 'Set 2 in Shop 0', 'Set 1 in Shop 1', 'Set 2 in Shop 1']);
  const large = Array.from({ length: 50 }, (_, number) => ({ accountId: String(number), accountName: 'any' }));
  expect(heldBy({ ...bundle, accounts: large })).toHaveLength(50);
});

it('says how much of it may be asked for', () => {
  expect([extentOf(bundle), extentOf({ ...bundle, askableCount: 3 }), extentOf({ targetCount: 1, askableCount: 1 })]).toEqual(['4 targets', 'you may ask for 3 of its 4 targets', '1 target']);
});

it.each([
  ['nothing while nothing is judged', [], undefined],
  ['that it would be refused', [judged({ allowed: false })], 'Would be refused'],
  ['of how many targets it would be refused', [judged(), judged({ allowed: false })], 'Would be refused: 1 of 2 targets'],
  ['that one of them needs approval', [judged(), judged({ approvalRequired: true })], 'Needs approval'],
  ['that none needs approval', [judged(), judged()], 'No approval needed'],
])('says as a whole %s', (_, all, text) => {
  expect(verdictOn(all)?.text).toBe(text);
});

it('is there again in a draft that was left, unless somebody wrote it otherwise', () => {
  const draft = withChosen(emptyDraft, { bundles: [bundle] });
  expect(keptDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  for (const broken of [{ ...bundle, accounts: undefined }, { ...bundle, permissionSets: [{ permissionSetName: 1 }] }, { ...bundle, maximumMinutes: '60' }, null]) expect(keptDraft({ ...draft, bundles: [broken] })).toBeUndefined();
  expect(keptDraft({ ...draft, bundles: undefined })).toBeUndefined();
});
