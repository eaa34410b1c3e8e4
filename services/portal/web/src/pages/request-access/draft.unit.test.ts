import type { Askable, AskableBundle } from '../../../../api/src/contract/index.ts';
import { askOf, breakGlassAllowed, durationBounds, emptyDraft, withChosen, withOther } from './draft.ts';

const askable = (change: Partial<Askable> = {}): Askable => ({
  accountId: '111122223333', accountName: 'Web shop', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnly',
  maximumMinutes: 240, approvalRequired: true, breakGlass: true, ...change,
});
const bundle = (change: Partial<AskableBundle> = {}): AskableBundle => ({
  bundleId: 'prod-read', accounts: [{ accountId: '111122223333', accountName: 'Web shop' }], permissionSets: [{ permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnly' }],
  targetCount: 1, askableCount: 1, maximumMinutes: 240, approvalRequired: true, breakGlass: true, ...change,
});
const chosen = withChosen(emptyDraft, { targets: [askable()] });
const of = (...targets: Askable[]) => ({ targets, bundles: [] });

describe('a draft of a request', () => {
  it('lasts at most as long as each of its targets allows', () => {
    expect(durationBounds(of(askable(), askable({ maximumMinutes: 45 })))).toMatchObject({ max: 45 });
    expect(withChosen({ ...chosen, durationMinutes: 200 }, { targets: [askable({ maximumMinutes: 45 })] }).durationMinutes).toBe(45);
    expect(withChosen({ ...chosen, durationMinutes: 200 }, { bundles: [bundle({ maximumMinutes: 30 })] }).durationMinutes).toBe(30);
  });

  it.each([1, 7, 15, 50, 52, 43_200])('has a slider with steps that end at %s minutes', (maximumMinutes) => {
    const { min, max, step } = durationBounds(of(askable({ maximumMinutes })));
    expect([max, min <= max, (max - min) % step]).toEqual([maximumMinutes, true, 0]);
  });

  it('breaks no glass where one of its targets does not allow it', () => {
    expect([breakGlassAllowed(of()), breakGlassAllowed(of(askable(), askable({ breakGlass: false })))]).toEqual([false, false]);
    expect(breakGlassAllowed({ targets: [askable()], bundles: [bundle({ breakGlass: false })] })).toBe(false);
    expect(withChosen({ ...chosen, breakGlass: true }, { targets: [askable({ breakGlass: false })] }).breakGlass).toBe(false);
  });

  it('is nothing to be asked as long as its targets or its start are missing', () => {
    expect([askOf(emptyDraft, true), askOf({ ...chosen, when: 'later', date: '2026-12-01' }, true)]).toEqual([undefined, undefined]);
  });

  it('is asked without what is left empty', () => {
    expect(askOf({ ...chosen, ticket: '  ', justification: ' why ' }, true)).toEqual({
      targets: [{ accountId: '111122223333', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' }], durationMinutes: 60, justification: 'why',
    });
  });

  it('asks for a bundle by its name, behind what is named by itself', () => {
    expect(askOf(withChosen(chosen, { bundles: [bundle()] }), true)?.targets).toEqual([{ accountId: '111122223333', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' }, { bundle: 'prod-read' }]);
    expect(askOf(withChosen(emptyDraft, { bundles: [bundle()] }), true)?.targets).toEqual([{ bundle: 'prod-read' }]);
  });

  it('is for whoever is named, and breaks no glass for them', () => {
    const forBen = withOther({ ...chosen, breakGlass: true }, ' ben ');
    expect(askOf(forBen, true)).toMatchObject({ for: 'ben' });
    expect([forBen.breakGlass, 'for' in (askOf(withOther(forBen, ' '), true) ?? {})]).toEqual([false, false]);
  });

  it('begins at the time in UTC where times are shown so', () => {
    expect(askOf({ ...chosen, when: 'later', date: '2026-12-01', time: '09:30' }, true)).toMatchObject({ startAt: '2026-12-01T09:30:00.000Z' });
  });
});
