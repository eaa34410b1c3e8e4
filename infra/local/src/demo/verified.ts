import { isPartOfTheTrail, type Script } from './script.ts';
import { verifyTrail } from './trail.ts';

/** Asks the audit service whether its chains hold, and whether it has every event of the bus. */
export async function verified({ world, check }: Script): Promise<void> {
  await world.pass(2);
  const { checkpoints, chains, records, problems } = await verifyTrail(world);
  check(`every hash recomputed, every signed checkpoint verified: ${records} records in ${chains} chains, ${checkpoints} checkpoints, ${problems} problems`, problems === 0 && checkpoints > 0);
  const puts = world.events().filter(isPartOfTheTrail);
  const distinct = new Set(puts.map(({ source, account, detailType, detail }) => JSON.stringify([source, account, detailType, detail])));
  const repeats = puts.length - distinct.size;
  check(`${puts.length} events were put on the bus, ${repeats} of them repeats: each is on record, once`, records === distinct.size);
}
