import fc from 'fast-check';
import { plans } from './plan.ts';
import { run } from './run.ts';
const seed = Number(process.argv[2] ?? 1);
const [plan] = fc.sample(fc.noBias(plans(60)), { seed, numRuns: 1 });
const t = performance.now();
if (plan) { const o = await run(plan); console.log(process.argv[3] ? o.lines.join('\n') : '', o.violations, o.digest, o.figures, plan.faults, plan.steps.length, performance.now()-t); }
process.exit(0);
