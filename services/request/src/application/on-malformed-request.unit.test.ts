import { accessRequestedV1, ContractViolationError, type DeliveredEvent } from '@team/contracts';
import { asked, received, service } from '../../test/service.ts';
import { onMalformedRequest } from './on-malformed-request.ts';

function delivered(wrong: object): DeliveredEvent {
  const { metadata, data, detailType, source, account } = received('AccessRequested.v1', { ...asked, ...wrong });
  return { id: 'delivery', 'detail-type': detailType, source, account, time: metadata.occurredAt, detail: { metadata, data } };
}

function violationOf({ detail }: DeliveredEvent): ContractViolationError {
  try {
    accessRequestedV1.parse(detail);
  } catch (error) {
    if (error instanceof ContractViolationError) return error;
    throw error;
  }
  throw new Error('the event is as its contract says');
}

const refuse = (at: ReturnType<typeof service>, event: DeliveredEvent) => onMalformedRequest(event, violationOf(event), at.ports);

it('rejects naming every wrong field, once, and uses up the id', async () => {
  const at = service();
  const event = delivered({ durationMinutes: -1, startAt: 'tomorrow' });
  await expect(refuse(at, event)).resolves.toBe(true);
  await expect(refuse(at, event)).resolves.toBe(true);
  expect(at.published).toMatchObject([
    {
      type: 'AccessRequestRejected.v1',
      data: {
        reasons: expect.arrayContaining([
          { code: 'ERR_FIELD_INVALID', field: 'data.durationMinutes', message: expect.stringContaining('data.durationMinutes') },
          { code: 'ERR_FIELD_INVALID', field: 'data.startAt', message: expect.stringContaining('data.startAt') },
        ]),
      },
    },
  ]);
  await at.ask();
  expect(at.types()).toEqual(['AccessRequestRejected.v1', 'DuplicateRequestIgnored.v1']);
});

it('ignores what is malformed under an id that a request has', async () => {
  const at = service();
  await at.ask();
  await refuse(at, delivered({ targets: 'all' }));
  await refuse(at, delivered({ targets: 'all' }));
  expect(at.types()).toEqual(['AccessRequestAccepted.v1', 'DuplicateRequestIgnored.v1']);
});

it('says how many more fields are wrong than it names', async () => {
  const at = service();
  const event = delivered({ targets: Array.from({ length: 200 }, () => 'all') });
  const issues = Array.from({ length: 200 }, (_, i) => ({ path: `data.targets.${i}`, message: 'is wrong' }));
  await onMalformedRequest(event, new ContractViolationError('AccessRequested.v1', issues), at.ports);
  const more = { code: 'ERR_MORE_REASONS', message: expect.stringContaining('121 more') };
  expect(at.published).toMatchObject([{ data: { reasons: expect.arrayContaining([more]) } }]);
});

it.each([{ requestId: 'seven' }, { requestId: undefined }, { requestId: asked.requestId.replace('0000', 'ABCD') }])(
  'leaves as a dead letter what nobody could be told about: %j',
  async (wrong) => {
    const at = service();
    await expect(refuse(at, delivered(wrong))).resolves.toBe(false);
    expect(at.published).toEqual([]);
  },
);
