import { accessEndedV1, accessGrantFailedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { id } from '../../test/facts.ts';
import { asked, received, service } from '../../test/service.ts';
import { onGrantOver, onRequestOver } from './on-request-over.ts';

async function accepted() {
  const at = service();
  await at.ask();
  return { ...at, grantId: at.state()?.accepted?.grants[0]?.grantId ?? '' };
}

const failed = (grantId: string, final: boolean) =>
  received('AccessGrantFailed.v1', exampleOf(accessGrantFailedV1, { requestId: asked.requestId, grantId, final }));

it('frees a request that was denied, ran out or was cancelled, however often that is said', async () => {
  const { ports, open } = await accepted();
  const denied = received('AccessDenied.v1', { requestId: asked.requestId });
  await onRequestOver(denied, ports);
  await onRequestOver(denied, ports);
  expect(open()).toEqual([]);
});

it('frees a grant that failed for good, not one that is tried again', async () => {
  const { ports, open, grantId } = await accepted();
  await onGrantOver(failed(grantId, false), ports);
  expect(open()).toEqual([asked.requestId]);
  await onGrantOver(failed(grantId, true), ports);
  expect(open()).toEqual([]);
});

it('frees a grant that has ended', async () => {
  const { ports, open, grantId } = await accepted();
  await onGrantOver(received('AccessEnded.v1', exampleOf(accessEndedV1, { requestId: asked.requestId, grantId })), ports);
  expect(open()).toEqual([]);
});

it('lets the same target be asked for again once it is free', async () => {
  const { ports, ask, types, grantId } = await accepted();
  await ask({ requestId: id(51) });
  await onGrantOver(failed(grantId, true), ports);
  await ask({ requestId: id(52) });
  expect(types()).toEqual(['AccessRequestAccepted.v1', 'AccessRequestRejected.v1', 'AccessRequestAccepted.v1']);
});

it('has nothing to do with what was never accepted here', async () => {
  const { ports, state } = service();
  await onRequestOver(received('AccessCancelled.v1', { requestId: id(59) }), ports);
  await onGrantOver(failed(id(58), true), ports);
  expect(state(id(59))).toBeUndefined();
});
