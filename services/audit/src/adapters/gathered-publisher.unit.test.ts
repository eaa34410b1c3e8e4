import type { OutgoingEvent, PublishResult } from '@team/runtime';
import { gathered } from './gathered-publisher.ts';

const event = (eventId: string): OutgoingEvent => ({ eventId, source: 'team.audit', detailType: 'AuditRecorded.v1', detail: '{}' });

/** A publisher whose calls are answered one by one, by the test. */
function answeredByHand() {
  const calls: { readonly ids: readonly string[]; readonly answer: (refused?: readonly string[]) => void; readonly fail: (error: Error) => void }[] = [];
  const publisher = gathered({
    publish: (events) =>
      new Promise<PublishResult>((resolve, reject) => {
        const ids = events.map(({ eventId }) => eventId);
        calls.push({
          ids,
          answer: (no = []) => resolve({ published: ids.filter((id) => !no.includes(id)), refused: no.map((eventId) => ({ eventId, code: 'InternalFailure', message: 'not now' })) }),
          fail: reject,
        });
      }),
  });
  return { calls, publisher };
}

it('publishes the first at once, and together what comes meanwhile, each with its own answer', async () => {
  const { calls, publisher } = answeredByHand();
  const [one, two, three] = ['one', 'two', 'three'].map((id) => publisher.publish([event(id)]));
  expect(calls.map(({ ids }) => ids)).toEqual([['one']]);
  calls[0]?.answer();
  expect(await one).toEqual({ published: ['one'], refused: [] });
  expect(calls.map(({ ids }) => ids)).toEqual([['one'], ['two', 'three']]);
  calls[1]?.answer(['three']);
  expect(await two).toEqual({ published: ['two'], refused: [] });
  expect(await three).toMatchObject({ published: [], refused: [{ eventId: 'three', code: 'InternalFailure' }] });
  const four = publisher.publish([event('four')]);
  calls[2]?.answer();
  expect(await four).toEqual({ published: ['four'], refused: [] });
});

it('fails all that went together, and goes on', async () => {
  const { calls, publisher } = answeredByHand();
  const [one, two] = ['one', 'two'].map((id) => publisher.publish([event(id)]));
  calls[0]?.fail(new Error('broken'));
  await expect(one).rejects.toThrow('broken');
  calls[1]?.answer();
  expect(await two).toEqual({ published: ['two'], refused: [] });
});
