import { evaluatorOf } from './evaluator.ts';
import { policiesOfApp } from './app-policies.ts';
import { monday, organization, policies, devPayments, wren } from '../journeys/worlds.ts';
import { accessRequestedV1 } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { localChannel } from '../../infra/local/src/system/who.ts';
const own = organization.DelegatedAdministratorAccountId;
const chan = localChannel(own);
const emitters = [...policies.emitters, {...chan, mayDecide:{keyId:`arn:aws:kms:${organization.Region}:${own}:key/local-channel`}}];
let t = Date.now(); const lap = (w: string) => { console.log(w, Date.now()-t); t=Date.now(); };
const p = policiesOfApp(organization, emitters as any); lap('synth');
const any = {Version:'2012-10-17' as const, Statement:[{Effect:'Allow' as const, Action:'*', Resource:'*'}]};
const deployed = {...p, roles: {...p.roles, ...Object.fromEntries(emitters.map(e => [e.roleArn, [any]]))},
 keys: {...p.keys, [`arn:aws:kms:${organization.Region}:${own}:alias/team-local-channel`]: `arn:aws:kms:${organization.Region}:${own}:key/local-channel`},
 resources: {...p.resources, [`arn:aws:kms:${organization.Region}:${own}:key/local-channel`]: {Version:'2012-10-17' as const, Statement:[{Effect:'Allow' as const, Principal:{AWS:`arn:aws:iam::${own}:root`}, Action:'kms:*', Resource:'*'}]}}};
const e = evaluatorOf(deployed); lap('eval');
for (const tr of deployed.triggers) { const d = e.deniedTo(tr); if (d.length) console.log(tr, d); }
lap('triggers');
let n=0;
const denied = new Set();
for (const round of [1,2]) {
const world = await monday({more:{iam:{roleOf: f => deployed.functionRoles[f]!, allows: (c,a) => { n++; const ok = e.allows(c,a); if(!ok) denied.add(c.roleArn+' '+a.action+' '+a.resource+' '+JSON.stringify(a.context)); return ok; }}}});
lap('world');
const requestId = world.newId();
await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
await world.until('AccessGranted.v1', requestId).catch(e => console.log(e.message));
await world.until('AccessEnded.v1', requestId, 60).catch(e => console.log(e.message));
lap('story'); console.log(n);
}
console.log([...denied].slice(0,20));
console.log(await e.confirm()); lap('confirm');
