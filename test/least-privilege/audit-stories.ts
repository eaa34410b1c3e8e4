import type { World } from '../../infra/local/src/play/world.ts';
import { approvedLife, throttled } from '../hostile/hostile-world.ts';
import { expectThat } from './expectations.ts';
import type { Story } from './story.ts';

/** Detail-types of which the SIEM is told, of a request. */
const toldOf = (world: World, requestId: string): unknown[] =>
  world.events().flatMap(({ detailType, detail }) => (detailType === 'AuditRecorded.v1' && detail.data['chain'] === `request#${requestId}` ? [detail.data['detailType']] : []));

async function told(world: World, patience: number): Promise<void> {
  const requestId = await approvedLife(world, { durationMinutes: 60 });
  await world.until('AccessGranted.v1', requestId, 1);
  await world.pass(patience);
  expectThat(toldOf(world, requestId).includes('AccessGranted.v1'), 'the SIEM was not told that access is there');
}

/** What the audit service has to be allowed for the SIEM. */
export const auditStories: readonly Story[] = [
  { name: 'the SIEM is told of what happens at once', shows: ['team-audit-inbox events:PutEvents'], play: (world) => told(world, 0.1) },
  {
    name: 'the SIEM is told by the sweep of what the bus did not take at first',
    mishaps: [{ functionName: 'audit-inbox', action: 'PutEvents', nth: 'each', fate: throttled() }],
    play: (world) => told(world, 4),
  },
];
