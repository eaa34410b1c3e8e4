import * as z from 'zod';
import type { Script } from './script.ts';

const verification = z.object({ chains: z.number(), records: z.number(), problems: z.array(z.unknown()), next: z.string().optional() });
const page = z.object({ events: z.array(z.object({ eventId: z.string(), detailType: z.string() })), next: z.string().optional() });

/** Asks the audit service whether its chains hold, and whether it has every event of the bus. */
export async function verified({ world, check }: Script): Promise<void> {
  await world.pass(2);
  const onTheBus = world.events().length;
  const { chains, records, problems } = await verifyAll(world.system);
  check(`${records} records in ${chains} chains, ${problems} problems`, problems === 0);
  const distinct = new Set(world.events().map(({ source, account, detailType, detail }) => JSON.stringify([source, account, detailType, detail])));
  check(`every distinct event of the bus is recorded once: ${distinct.size} of ${onTheBus} put`, records === distinct.size);
  const forged = world.events().filter(({ detailType }) => detailType === 'AccessGrantFailed.v1').length;
  const recorded = await recordedTypes(world.system);
  check(`refusals of forged evidence are on record: ${forged}`, recorded.filter((type) => type === 'AccessGrantFailed.v1').length === forged && forged > 0);
}

async function verifyAll(system: Script['world']['system']): Promise<{ chains: number; records: number; problems: number }> {
  const sum = { chains: 0, records: 0, problems: 0 };
  for (let after: string | undefined; ; ) {
    const answer = verification.parse(await system.invoke('team-audit-query', { op: 'verify', ...(after === undefined ? {} : { after }) }));
    sum.chains += answer.chains;
    sum.records += answer.records;
    sum.problems += answer.problems.length;
    if (answer.next === undefined) return sum;
    after = answer.next;
  }
}

async function recordedTypes(system: Script['world']['system']): Promise<string[]> {
  const types: string[] = [];
  for (let after: string | undefined; ; ) {
    const answer = page.parse(await system.invoke('team-audit-query', { op: 'events', ...(after === undefined ? {} : { after }) }));
    // The cursor goes on for ever, for those who follow the trail: a page without events is the end for now.
    if (answer.events.length === 0) return types;
    types.push(...answer.events.map(({ detailType }) => detailType));
    after = answer.next;
  }
}
