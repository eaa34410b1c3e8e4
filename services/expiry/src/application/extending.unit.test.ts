import { accessEndedV1, accessGrantedV1, type AccessApprovedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { extensionGrant, extensionId } from '../../test/extending.ts';
import { approval, received, revocation } from '../../test/received.ts';
import { assignment, grantIds, requestId, types } from '../../test/scenario.ts';
import { down, service } from '../../test/service.ts';
import { requestKey } from './ports.ts';

const [first] = grantIds;
const [item, pointer] = [requestKey(requestId), requestKey(extensionId)];
const granted = (of: string, grantId: string) => received(exampleOf(accessGrantedV1, { requestId: of, grantId, assignment, grantedAt: '2026-11-22T10:06:00.000Z' }));
const ended = (of: string, grantId: string) => received(exampleOf(accessEndedV1, { requestId: of, grantId, assignment }));
const extension = (over: Partial<AccessApprovedV1> = {}) =>
  received({ ...approval({ grants: [extensionGrant] }), requestId: extensionId, extends: requestId, stretch: { requestId, durationMinutes: 90 }, ...over });

/** A request that is there. */
async function running() {
  const at = service();
  await at.approved(received(approval()));
  await at.granted(granted(requestId, first));
  at.clock.advance(60_000);
  return at;
}

it('an extension lives in the item of what it extends; its own item only points there', async () => {
  const { approved, requests } = await running();
  await approved(extension());
  expect(requests.published.slice(-2)).toMatchObject([
    { type: 'AccessWindowOpened.v1', data: { requestId: extensionId } },
    { type: 'AccessExtended.v1', data: { requestId } },
  ]);
  expect(requests.state(pointer)).toMatchObject({ partOf: { requestId }, progress: {} });
  expect(requests.state(pointer)?.approval).toBeUndefined();
  expect(requests.state(item)?.extensions?.[extensionId]?.extends).toBe(requestId);
});

it('what is said of an extension is said to that item', async () => {
  const { approved, granted: given, ended: over, revoked, requests } = await running();
  await approved(extension());
  await given(granted(extensionId, extensionGrant));
  await revoked(received(revocation({ requestId: extensionId })));
  expect(types(requests.published.slice(-2))).toEqual(['AccessRevoked.v1', 'AccessRevoked.v1']);
  await over(ended(extensionId, extensionGrant));
  expect(requests.state(item)?.progress[extensionGrant]).toMatchObject({ confirmed: true });
  expect(requests.state(pointer)?.progress).toEqual({});
});

it('an approval that comes twice, or again in other words, opens nothing more', async () => {
  const { approved, requests } = await running();
  await approved(extension());
  const before = requests.published.length;
  await approved(extension());
  await expect(approved(extension({ approvedAt: '2026-11-22T10:04:00.000Z' }))).rejects.toThrow('ERR_APPROVAL_CONTRADICTED');
  expect(requests.published.length).toBe(before);
});

it('a wish to end it that came before its approval is judged with it, and ends both', async () => {
  const { approved, revoked, requests } = await running();
  await revoked(received(revocation({ requestId: extensionId })));
  await approved(extension());
  expect(requests.published.slice(1).map(({ type, data }) => [type, data.requestId])).toEqual([
    ['AccessRevoked.v1', requestId],
    ['AccessRevoked.v1', extensionId],
  ]);
});

it('what came between pointing and noting is there when it is noted', async () => {
  const { approved, revoked, requests } = service();
  await requests.execute(pointer, { type: 'point', requestId: extensionId, to: requestId, latestEnd: 0 });
  await revoked(received(revocation({ requestId: extensionId })));
  expect(requests.state(item)).toMatchObject({ requestId, unjudged: [{ requestId: extensionId }] });
  await approved(extension());
  await approved(received(approval()));
  expect(types(requests.published)).toEqual(['AccessRevoked.v1', 'AccessRevoked.v1']);
});

it('a wish that nobody can judge now stands with the item, and is judged when its time comes', async () => {
  const { approved, revoked, requests, directory, clock, due } = await running();
  await approved(extension());
  directory(down);
  await revoked(received(revocation({ requestId: extensionId, by: 'somebody@acme.example' })));
  directory(undefined);
  clock.advance(61_000);
  await due(item);
  expect(requests.published.at(-1)).toMatchObject({ type: 'AccessRevocationRefused.v1', data: { requestId: extensionId } });
});

it('a grant of which the extension knows nothing is nobody’s', async () => {
  const { approved, granted: given } = await running();
  await approved(extension());
  await expect(given(granted(extensionId, first))).rejects.toThrow('ERR_GRANT_UNKNOWN');
});
