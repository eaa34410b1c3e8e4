import { jest } from '@jest/globals';
import { accessScheduledV1 } from '@team/contracts';
import { createLogger, createServiceKit, OutageError, outageWords, route } from '@team/runtime';
import { buildEvent, exampleOf } from '@team/testing';
import * as z from 'zod';
import { AwsError } from '../../infra/local/src/cloud/index.ts';
import { batch, benchPlatform, context, counter, manifest, ownAccount, requestId } from './bench-service.ts';

const entry = z.object({ message: z.string() });
const scheduled = JSON.stringify(buildEvent(accessScheduledV1, exampleOf(accessScheduledV1), { source: 'team.expiry', account: ownAccount }));
const unavailable = () => Promise.reject(new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down'));
const contended = () => Promise.reject(new OutageError('ERR_CONTENTION', 'again', { retryAfterSeconds: 5 }));

/** What a function writes while `run` goes on: the messages of its entries, each one line of JSON. */
async function written(run: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const take = (chunk: string | Uint8Array): boolean => lines.push(String(chunk)) > 0;
  const spies = [jest.spyOn(process.stdout, 'write').mockImplementation(take), jest.spyOn(process.stderr, 'write').mockImplementation(take)];
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.map((line) => entry.parse(JSON.parse(line)).message);
}

async function kitThatLogs(intercept?: Parameters<typeof benchPlatform>[0]) {
  const { platform, ...world } = await benchPlatform(intercept);
  return { ...world, kit: createServiceKit(manifest, { ...platform, logger: createLogger('bench', 'WARN') }) };
}

describe('what a function logs is found by the alarms on outages', () => {
  it('where an event is put off, and where a timer is left to the sweep', async () => {
    const { kit } = await kitThatLogs();
    expect(await written(() => kit.events('inbox', [route(accessScheduledV1, unavailable)])(batch(scheduled), context))).toEqual([outageWords.putOff]);
    expect(await written(() => kit.timers({ counter: unavailable })(batch('{"timer":"counter#1"}'), context))).toEqual([outageWords.leftToSweep]);
  });

  it('where the sweep cannot bring facts to a bus that does not answer, nor read them', async () => {
    const down = { action: 'PutEvents' };
    const { kit, timeline } = await kitThatLogs((call, next) => (call.action === down.action ? Promise.reject(new AwsError('InternalServerError', 'no', 500)) : next()));
    const counters = kit.aggregate('aggregates', counter);
    expect(await written(() => counters.execute('counter#1', { type: 'step', requestId }))).toEqual(['event stays in the outbox']);
    timeline.advanceTo(timeline.now() + 60_000);
    expect(await written(() => kit.sweep()({}, context))).toEqual([outageWords.keptByBus]);
    down.action = 'GetItem';
    expect(await written(() => kit.sweep()({}, context))).toEqual([outageWords.notRelayed]);
  });

  it('but not where one only waits for others: that is no outage', async () => {
    const { kit } = await kitThatLogs();
    const said = await written(() => kit.events('inbox', [route(accessScheduledV1, contended)])(batch(scheduled), context));
    expect(said).toEqual(['put off until it is worth trying again']);
    expect(Object.values<string>(outageWords)).not.toEqual(expect.arrayContaining(said));
  });
});
