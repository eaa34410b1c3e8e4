import { ask } from '../../infra/local/src/play/world.ts';
import { accessRequestedV1, sessionActivityCollectedV1 } from '@team/contracts';
import { devPayments, monday, wren } from './worlds.ts';

it('what a person did under a grant is collected after its end', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 60 }));
  await world.until('AccessEnded.v1', requestId, 70);
  const { detail } = await world.until('SessionActivityCollected.v1', requestId, 120);
  const found = sessionActivityCollectedV1.parse(detail).data;
  expect(found).toMatchObject({ requestId, state: 'complete', use: 'used', collection: 1, collections: 3, principal: { userName: wren }, permissionSetName: 'PowerUserAccess' });
  expect(found.reads).toBeGreaterThan(0);
});
