import type { Askable, AskableBundle, GrantDetail, RequestRow } from '../../../../api/src/contract/index.ts';
import { askOf, durationBounds } from './draft.ts';
import { goingOnForAnother, prefilledFrom, wantedAgain } from './prefilled.ts';

const askable: Askable = {
  accountId: '111122223333', accountName: 'Web shop', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef', permissionSetName: 'ReadOnly',
  maximumMinutes: 60, approvalRequired: true, breakGlass: true,
};
const row: RequestRow = {
  requestId: '11111111-1111-4111-8111-111111111111', status: 'ended', askedAt: '2026-11-30T10:00:00Z', requester: { userName: 'ana' }, breakGlass: true, durationMinutes: 240, justification: 'the queue', ticket: 'OPS-1',
  targets: [{ accountId: '111122223333', accountName: 'Web shop', permissionSetName: 'ReadOnly' }, { accountId: '444455556666', accountName: 'Bank', permissionSetName: 'Admin' }],
};

describe('what is asked for again', () => {
  it('has the words of before, and of its duration what may be asked for now', () => {
    const { draft } = prefilledFrom({ row }, [{ data: { items: [askable] } }, { data: { items: [] } }]) ?? {};
    expect(draft).toMatchObject({ targets: [askable], durationMinutes: 60, justification: 'the queue', ticket: 'OPS-1' });
  });

  it('names what may not be asked for any more', () => {
    expect(prefilledFrom({ row }, [{ data: { items: [askable] } }, { data: { items: [] } }])?.gone).toEqual(['Admin in Bank']);
  });

  it('is by its ARN and the number of its account what was rejected before anything named it', () => {
    const [here, elsewhere] = [askable.permissionSetArn, `${askable.permissionSetArn.slice(0, -1)}a`].map((permissionSetName) => ({ accountId: askable.accountId, accountName: askable.accountId, permissionSetName }));
    const rejected = { row: { ...row, targets: [here, elsewhere].flatMap((one) => one ?? []) } };
    expect(prefilledFrom(rejected, [{ data: { items: [askable] } }])).toMatchObject({ draft: { targets: [askable] }, gone: [`${elsewhere?.permissionSetName} in ${askable.accountId}`] });
  });

  it('is not known while an answer is missing: nobody is told that they may not ask for what could not be read', () => {
    expect(prefilledFrom({ row }, [{ data: { items: [askable] } }, { data: undefined }])).toBeUndefined();
    expect(prefilledFrom({ row }, [{}, {}])).toBeUndefined();
  });

  it('is a bundle by its name where it was not taken apart, once it is known which may be asked for', () => {
    const bundle: AskableBundle = { bundleId: 'prod-read', accounts: [], permissionSets: [], targetCount: 2, askableCount: 2, maximumMinutes: 30, approvalRequired: true, breakGlass: false };
    const [named, gone] = ['prod-read', 'old'].map((id) => ({ accountName: `bundle ${id}`, permissionSetName: 'all of it', bundle: id }));
    const rejected = { row: { ...row, targets: [named, gone].flatMap((one) => one ?? []) } };
    expect(prefilledFrom(rejected, [])).toBeUndefined();
    expect(prefilledFrom(rejected, [], [bundle])).toMatchObject({ draft: { targets: [], bundles: [bundle], durationMinutes: 30 }, gone: ['the bundle old'] });
  });

  it('is no break glass until somebody ticks it', () => {
    expect(prefilledFrom({ row }, [{ data: { items: [askable] } }])?.draft.breakGlass).toBe(false);
  });
});

describe('what goes on', () => {
  const [shop, bank] = row.targets.map(({ accountId = '', accountName, permissionSetName }, number): GrantDetail => ({
    grantId: `11111111-1111-4111-8111-11111111111${number}`, status: 'active', accountId, accountName, permissionSetArn: `${askable.permissionSetArn.slice(0, -1)}${number}`, permissionSetName, overdue: false,
  }));
  const grants: readonly GrantDetail[] = [shop, bank].flatMap((grant, number) => (grant === undefined ? [] : [{ ...grant, status: number === 0 ? 'active' : 'revoked' }]));

  it('is what of a request is active, not what of it is over', () => {
    expect(wantedAgain({ row, grants }, true).row).toEqual({ ...row, targets: row.targets.slice(0, 1).map((target) => ({ ...target, permissionSetArn: shop?.permissionSetArn })) });
    expect(wantedAgain({ row, grants }, false).row).toEqual(row);
  });

  it('is by its ARN what it was, whatever it is called now, and no other of that name', () => {
    const [renamed, another] = [{ ...askable, permissionSetArn: shop?.permissionSetArn ?? '', permissionSetName: 'Viewer' }, { ...askable, permissionSetArn: `${askable.permissionSetArn.slice(0, -1)}a` }];
    const goesOn = wantedAgain({ row, grants }, true);
    expect(prefilledFrom(goesOn, [{ data: { items: [another, renamed] } }])).toMatchObject({ draft: { targets: [renamed] }, gone: [] });
    expect(prefilledFrom(goesOn, [{ data: { items: [another] } }])).toMatchObject({ draft: { targets: [] }, gone: ['ReadOnly in Web shop'] });
  });

  it('is, of somebody else’s, for that one, whatever one may have oneself, in the words of before', () => {
    const theirs = { ...row, requester: { userId: 'u-ben', userName: 'ben' }, askedBy: 'ana' };
    const { draft, gone } = goingOnForAnother({ row: theirs, grants });
    expect(gone).toEqual([]);
    expect(askOf({ ...draft, durationMinutes: 30 }, true, row.requestId)).toEqual({
      extends: row.requestId, for: 'ben', targets: [{ accountId: shop?.accountId, permissionSetArn: shop?.permissionSetArn }], durationMinutes: 30, justification: 'the queue', ticket: 'OPS-1',
    });
    expect([draft.durationMinutes, durationBounds(draft).max, draft.breakGlass]).toEqual([240, 43_200, false]);
  });
});
