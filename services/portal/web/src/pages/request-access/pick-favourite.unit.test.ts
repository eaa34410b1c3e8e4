import type { Askable } from '../../../../api/src/contract/index.ts';
import type { Chosen } from './draft.ts';
import { pickFavourite } from './pick-favourite.ts';

const askable: Askable = {
  accountId: '111122223333', accountName: 'Web shop', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnly',
  maximumMinutes: 60, approvalRequired: true, breakGlass: false,
};
const there: Chosen = { targets: [askable], bundles: [] };
const nothing: Chosen = { targets: [], bundles: [] };

/** What is said, and what was given to be added. */
async function pick(found: Chosen | Error, { whose = '', takes = true } = {}): Promise<{ said: string; given: readonly Chosen[] }> {
  const given: Chosen[] = [];
  const find = (): Promise<Chosen> => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found));
  const said = await pickFavourite(askable, { whose, find, add: (chosen) => given.push(chosen) > 0 && takes });
  return { said, given };
}

it('is added as it may be asked for now', async () => {
  expect(await pick(there)).toEqual({ said: 'ReadOnly in Web shop was added.', given: [there] });
});

it('is said to be added only where it was: for whom it is may have changed while it was looked up', async () => {
  expect((await pick(there, { takes: false })).said).toBe('ReadOnly in Web shop was not added: you changed for whom it is.');
});

it('is not added where it may not be asked for any more, or could not be looked up', async () => {
  expect(await pick(nothing)).toEqual({ said: 'You may not ask for ReadOnly in Web shop any more.', given: [] });
  expect(await pick(nothing, { whose: 'ben' })).toEqual({ said: 'ben may not ask for ReadOnly in Web shop any more.', given: [] });
  expect(await pick(new Error('nobody answers'))).toEqual({ said: 'ReadOnly in Web shop could not be looked up: nobody answers', given: [] });
});
