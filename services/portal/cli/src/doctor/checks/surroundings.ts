import type { Check } from '../examination.ts';
import { notChecked, ok, problem, warning } from '../finding.ts';

/** What AWS allows TEAM, as documented; nobody can have it raised. https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
export const quotasCheck: Check = {
  name: 'quotas',
  prerequisite: true,
  async run() {
    return [ok(this.name, 'IAM Identity Center allows 10 outstanding assignment operations and 20 calls a second, as documented; neither can be raised, and everybody in the organization shares them')];
  },
};

/** From here on signatures over requests begin to fail; AWS refuses those that are five minutes old. */
const [noticedMs, refusedMs] = [30_000, 240_000];

/** This machine's clock and AWS's, by the `Date` of its answers. */
export const clockCheck: Check = {
  name: 'clock',
  prerequisite: true,
  async run(examination) {
    await examination.caller();
    const skew = examination.calls.skew();
    if (examination.options.aws !== true) return [notChecked(this.name, 'the local run has a clock of its own')];
    if (skew === undefined) return [notChecked(this.name, 'the answers have no date')];
    const seconds = Math.round(Math.abs(skew) / 1_000);
    const found = `this machine's clock is ${seconds} s ${skew > 0 ? 'behind' : 'ahead of'} AWS's`;
    const todo = 'set the clock of this machine, for instance by chrony';
    if (Math.abs(skew) >= refusedMs) return [problem(this.name, found, `${todo}: AWS refuses requests signed five minutes off`)];
    return [Math.abs(skew) >= noticedMs ? warning(this.name, found, todo) : ok(this.name, found)];
  },
};
