/** How a check ends. `not checked`: what would have to be asked is not there to be asked, which is neither good nor bad. */
export type Result = 'ok' | 'warning' | 'problem' | 'not checked';

/** What one check found. */
export interface Finding {
  /** What was looked at: `queue team-request-inbox`. */
  readonly check: string;
  readonly result: Result;
  readonly found: string;
  /** What to do about it. */
  readonly todo?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, result: 'ok', found });
export const warning = (check: string, found: string, todo: string): Finding => ({ check, result: 'warning', found, todo });
export const problem = (check: string, found: string, todo: string): Finding => ({ check, result: 'problem', found, todo });
export const notChecked = (check: string, found: string): Finding => ({ check, result: 'not checked', found });

/** The faults, or, where there are none, one line that says that all is well. */
export const faultsOr = (faults: readonly Finding[], well: Finding): readonly Finding[] => (faults.length === 0 ? [well] : faults);

const worstFirst: readonly Result[] = ['problem', 'warning', 'not checked', 'ok'];

/** The worst of all; `ok` where nothing was found. */
export const worstOf = (findings: readonly Finding[]): Result => worstFirst.find((result) => findings.some((finding) => finding.result === result)) ?? 'ok';
