import { id } from '../../test/facts.ts';
import { asked, service } from '../../test/service.ts';

it('an extension is accepted, of what its requester has open, signed with what it extends', async () => {
  const { ask, published, open } = service();
  await ask();
  const extension = { requestId: id(51), extends: asked.requestId, durationMinutes: 30 };
  await ask(extension);
  expect(published[1]).toMatchObject({
    type: 'AccessRequestAccepted.v1',
    data: { requestId: id(51), durationMinutes: 30, extends: asked.requestId, stretch: { requestId: asked.requestId, durationMinutes: 90 } },
  });
  expect(open()).toEqual([asked.requestId, id(51)]);
  await ask({ ...extension, requestId: id(52) });
  expect(published[2]).toMatchObject({ type: 'AccessRequestRejected.v1', data: { reasons: [{ code: 'ERR_EXTENDS_TWICE', field: 'data.extends' }] } });
  await ask({ requestId: id(53), extends: id(51), durationMinutes: 31 });
  expect(published[3]).toMatchObject({ type: 'AccessRequestRejected.v1', data: { reasons: [{ code: 'ERR_DURATION_TOO_LONG' }] } });
  await ask({ requestId: id(54), extends: id(54) });
  expect(published[4]).toMatchObject({ type: 'AccessRequestRejected.v1', data: { reasons: [{ code: 'ERR_EXTENDS_UNKNOWN' }] } });
});
