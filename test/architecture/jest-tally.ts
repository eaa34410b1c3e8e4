/** What one run of Jest amounts to. `failed` counts everything that keeps the run from being a success. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Failures that Jest's own report does not show as a failed test. */
  readonly remarks: readonly string[];
}

/** The counters of Jest's `--json` report. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const COUNTERS = ['numPassedTests', 'numFailedTests', 'numPendingTests', 'numTodoTests', 'numRuntimeErrorTestSuites'] as const;

/**
 * Counts a run of Jest from its JSON report and from how the process ended.
 * A file that could not be loaded, a run of nothing, a test left out of a whole run, and a Jest that ended badly
 * although no test failed, are one failure each.
 *
 * @param json the text of the report, `undefined` if Jest wrote none
 * @param ended whether the process ended with exit code 0, and if not, how it did
 * @param selection whether only some tests were asked for, so that left-out ones are expected
 */
export function tallyJest(json: string | undefined, ended: { ok: boolean; reason: string }, selection: boolean): Tally {
  const report = parseReport(json);
  if (!report) return { passed: 0, failed: 1, remarks: [`Jest left no readable report: ${ended.reason}`] };

  const { numPassedTests: passed, numRuntimeErrorTestSuites: unloadable } = report;
  const remarks: string[] = [];
  let failed = report.numFailedTests;

  if (unloadable > 0) {
    failed += unloadable;
    remarks.push(`${unloadable} test files could not be loaded`);
  }
  const leftOut = report.numPendingTests + report.numTodoTests;
  if (!selection && leftOut > 0) {
    failed += leftOut;
    remarks.push(`${leftOut} tests were left out`);
  }
  if (failed === 0 && passed === 0) {
    failed = 1;
    remarks.push('no test was executed');
  }
  if (failed === 0 && !ended.ok) {
    failed = 1;
    remarks.push(`no test failed, but Jest did: ${ended.reason}`);
  }
  return { passed, failed, remarks };
}

function parseReport(json: string | undefined): JestReport | undefined {
  if (json === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return isReport(parsed) ? parsed : undefined;
}

function isReport(value: unknown): value is JestReport {
  return typeof value === 'object' && value !== null && COUNTERS.every((counter) => Number.isInteger(Reflect.get(value, counter)));
}
