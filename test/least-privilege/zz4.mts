import { drawOrganization } from '../simulation/setting.ts';
import { run } from '../simulation/run.ts';
import { planOf, usualSteps } from '../simulation/simulate.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
const used = new Map<string, number>();
const N = Number(process.argv[2]);
for (let seed=1; seed<=N; seed++) {
  const plan = planOf({seed, steps: usualSteps}); const acct = drawOrganization(plan.world).DelegatedAdministratorAccountId;
  const {violations} = await run(plan, {}, {}, { roleOf: f => `arn:aws:iam::${acct}:role/${f}`, allows: (c,a) => { const k = c.roleArn.split('/')[1]+' '+a.action; used.set(k,(used.get(k)??0)+1); return true; } });
  if (violations.length) console.log(seed, violations.slice(0,2));
}
for (const m of manifests) for (const [f, d] of Object.entries(m.functions as any) as any) {
  const wanted = [...new Set(d.actions as string[])];
  const seen = [...used.keys()].filter(k => k.startsWith(`team-${m.name}-${f} `)).map(k=>k.split(' ')[1]!);
  console.log(m.name, f, 'UNUSED', wanted.filter(a => !seen.includes(a)).join(' '), '| NOT LISTED', seen.filter(a=>!wanted.includes(a)).join(' '), '| rare', wanted.filter(a => (used.get(`team-${m.name}-${f} ${a}`)??0)<15 && seen.includes(a)).map(a=>a+':'+used.get(`team-${m.name}-${f} ${a}`)).join(' '));
}
process.exit(0);
