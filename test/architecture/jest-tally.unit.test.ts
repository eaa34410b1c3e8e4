import { tallyJest } from './jest-tally.ts';

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };
const ended = { ok: true, reason: 'exit code 0' };
const crashed = { ok: false, reason: 'killed by SIGSEGV' };

describe('the tally of a Jest run', () => {
  it('counts what passed and what failed', () => {
    expect(tallyJest(JSON.stringify({ ...clean, numFailedTests: 2 }), crashed, false)).toEqual({ passed: 3, failed: 2, remarks: [] });
  });

  it('counts each file that could not be loaded as a failure', () => {
    const report = JSON.stringify({ ...clean, numRuntimeErrorTestSuites: 2 });
    expect(tallyJest(report, crashed, false)).toEqual({ passed: 3, failed: 2, remarks: ['2 test files could not be loaded'] });
  });

  it('counts tests left out of a whole run as failures', () => {
    const report = JSON.stringify({ ...clean, numPendingTests: 1, numTodoTests: 1 });
    expect(tallyJest(report, ended, false)).toEqual({ passed: 3, failed: 2, remarks: ['2 tests were left out'] });
    expect(tallyJest(report, ended, true)).toEqual({ passed: 3, failed: 0, remarks: [] });
  });

  it('takes a run of nothing for a failure', () => {
    const report = JSON.stringify({ ...clean, numPassedTests: 0 });
    expect(tallyJest(report, ended, true)).toEqual({ passed: 0, failed: 1, remarks: ['no test was executed'] });
  });

  it('takes a Jest that ended badly for a failure even if no test failed', () => {
    const remarks = ['no test failed, but Jest did: killed by SIGSEGV'];
    expect(tallyJest(JSON.stringify(clean), crashed, false)).toEqual({ passed: 3, failed: 1, remarks });
  });

  it.each([
    ['no report', undefined],
    ['half a report', '{"numPassedTests": 3,'],
    ['a report without counters', '{}'],
    ['something else', 'null'],
  ])('takes %s for a failure', (_what, report) => {
    const remarks = ['Jest left no readable report: killed by SIGSEGV'];
    expect(tallyJest(report, crashed, false)).toEqual({ passed: 0, failed: 1, remarks });
  });
});
