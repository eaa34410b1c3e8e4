import type { Askable, AskableBundle } from '../../../../api/src/contract/index.ts';
import { askOf, breakGlassAllowed, durationBounds, emptyDraft, withAdded, withChosen, withOther } from './draft.ts';

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
    const forBen = withChosen(withOther({ ...chosen, breakGlass: true }, ' ben '), { targets: [askable()], bundles: [bundle()] });
    expect(askOf(forBen, true)).toMatchObject({ for: 'ben' });
    expect([forBen.breakGlass, breakGlassAllowed(forBen), 'for' in (askOf(withChosen(withOther(forBen, ' '), { targets: [askable()] }), true) ?? {})]).toEqual([false, false, false]);
  });

  it('has what is added once, within what all of it allows', () => {
    const more = { targets: [askable({ accountId: '444455556666', maximumMinutes: 45 })], bundles: [bundle()] };
    const both = withAdded(withAdded(chosen, more), { ...more, targets: [...more.targets, askable()] });
    expect(both).toMatchObject({ targets: [askable(), ...more.targets], bundles: [bundle()], durationMinutes: 45 });
    expect([both.targets.length, both.bundles.length]).toEqual([2, 1]);
  });

  it('has nothing chosen out of the list of anybody but whom it is for', () => {
    const forBen = withChosen(withOther(chosen, 'ben'), { targets: [askable()], bundles: [bundle()] });
    expect(withOther(forBen, 'ben ')).toMatchObject({ other: 'ben ', targets: forBen.targets, bundles: forBen.bundles });
    for (const other of ['', 'be', 'bent']) expect(withOther(forBen, other)).toMatchObject({ other, targets: [], bundles: [], justification: forBen.justification });
    expect(withOther(chosen, 'b').targets).toEqual([]);
  });

  it('begins at the time in UTC where times are shown so', () => {
    expect(askOf({ ...chosen, when: 'later', date: '2026-12-01', time: '09:30' }, true)).toMatchObject({ startAt: '2026-12-01T09:30:00.000Z' });
  });
});
