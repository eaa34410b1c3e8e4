import { scriptedCloud, ServiceError, type Script } from '../../test/scripted-cloud.ts';

const url = (name: string): string => `http://127.0.0.1:8042/111122223333/${name}`;
const arn = (name: string): string => `arn:aws:sqs:eu-central-1:111122223333:${name}`;
const text = (value: string) => ({ DataType: 'String', StringValue: value });

interface Letter {
  readonly id: string;
  readonly attributes?: Record<string, unknown>;
  /** Receives, with this one, of a letter that SQS itself laid down. */
  readonly laidDownBySqsAfter?: number;
}

const sentAt = '2026-11-22T10:00:00.000Z';
const systemAttributes = ({ laidDownBySqsAfter: receives }: Letter): Record<string, string> => ({
  SentTimestamp: String(Date.parse(sentAt)),
  ...(receives === undefined ? { ApproximateReceiveCount: '1' } : { ApproximateReceiveCount: String(receives), DeadLetterQueueSourceArn: arn('team-audit-inbox') }),
});

/** A cloud with these queues, and these letters in dead-letter queues: each is received once until it is released. */
function cloudWith(letters: Readonly<Record<string, readonly Letter[]>>, more: Script = {}) {
  const held = new Set<string>();
  const nameIn = (input: Record<string, unknown>): string => String(input['QueueUrl']).split('/').at(-1) ?? '';
  return scriptedCloud({
    ListQueues: () => ({ QueueUrls: ['team-audit-inbox', 'team-audit-inbox-dlq', 'team-provisioning-dispatch-dlq.fifo', 'team-provisioning-dispatch.fifo'].map(url) }),
    GetQueueAttributes: (input) => ({
      Attributes: { QueueArn: arn(nameIn(input)), ApproximateNumberOfMessages: String(letters[nameIn(input)]?.length ?? 0), ApproximateNumberOfMessagesNotVisible: '0' },
    }),
    ReceiveMessage: (input) => {
      const fresh = (letters[nameIn(input)] ?? []).filter(({ id }) => !held.has(id)).slice(0, 10);
      for (const { id } of fresh) held.add(id);
      // SQS clients compare the digest of what they get.
      const body = { Body: 'x', MD5OfBody: '9dd4e461268c8034f5c8564e155c67a6' };
      return { Messages: fresh.map((letter) => ({ MessageId: letter.id, ReceiptHandle: letter.id, ...body, Attributes: systemAttributes(letter), MessageAttributes: letter.attributes })) };
    },
    ChangeMessageVisibility: ({ ReceiptHandle }) => {
      held.delete(String(ReceiptHandle));
      return {};
    },
    ListDeadLetterSourceQueues: (input) => ({ queueUrls: [url(nameIn(input).replace('-dlq', ''))] }),
    StartMessageMoveTask: () => (held.size > 0 ? new ServiceError('LettersHeld') : { TaskHandle: 'task' }),
    ListMessageMoveTasks: ({ SourceArn }) => ({
      Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: letters[String(SourceArn).split(':').at(-1) ?? '']?.length }],
    }),
    ...more,
  });
}

const inbox = 'team-audit-inbox-dlq';
const dispatch = 'team-provisioning-dispatch-dlq.fifo';

test('says so where there are no dead letters', async () => {
  const { team, inputsOf } = cloudWith({});
  await expect(team('redrive')).resolves.toMatchObject({ code: 0, said: ['There are no dead letters (2 queues).'] });
  expect(inputsOf('StartMessageMoveTask')).toEqual([]);
});

test('shows each letter with when it came, how often it was tried and why it was laid down, releases it, and sends all back to the queue they came from', async () => {
  const { team, inputsOf } = cloudWith({
    [inbox]: [
      { id: '1', attributes: { code: text('ERR_X'), message: text('because'), receives: text('2'), arrivedAt: text(String(Date.parse('2026-11-21T08:00:00.000Z'))) } },
      { id: '2', attributes: { ERROR_CODE: text('NO_PERMISSIONS'), ERROR_MESSAGE: text('denied') } },
    ],
    [dispatch]: [{ id: '3', laidDownBySqsAfter: 6 }],
  });
  await expect(team('redrive')).resolves.toEqual({
    code: 0,
    remarks: [],
    said: [
      `${inbox}: 2 letters`,
      '  2026-11-21 08:00:00Z  2×  no event: x  ERR_X: because',
      '  2026-11-22 10:00:00Z  0×  no event: x  NO_PERMISSIONS: denied',
      '  2 letters sent back to team-audit-inbox',
      `${dispatch}: 1 letter`,
      '  2026-11-22 10:00:00Z  5×  no event: x  received too often; the service logged why',
      '  1 letter sent back to team-provisioning-dispatch.fifo',
    ],
  });
  expect(inputsOf('StartMessageMoveTask')).toEqual([
    { SourceArn: arn(inbox), DestinationArn: arn('team-audit-inbox') },
    { SourceArn: arn(dispatch), DestinationArn: arn('team-provisioning-dispatch.fifo') },
  ]);
});

test('what a letter says of an earlier time is not why SQS laid it down now', async () => {
  const { team } = cloudWith({ [inbox]: [{ id: '1', laidDownBySqsAfter: 6, attributes: { code: text('ERR_X'), message: text('mended since'), receives: text('1') } }] });
  await expect(team('redrive', '--dry-run')).resolves.toMatchObject({ said: [`${inbox}: 1 letter`, '  2026-11-22 10:00:00Z  5×  no event: x  received too often; the service logged why'] });
});

test('waits for a move that is under way, and begins no other', async () => {
  const statuses = ['RUNNING', 'RUNNING', 'COMPLETED'];
  const { team, inputsOf } = cloudWith({ [inbox]: [{ id: '1' }] }, { ListMessageMoveTasks: () => ({ Results: [{ Status: statuses.shift(), ApproximateNumberOfMessagesMoved: 7 }] }) });
  await expect(team('redrive')).resolves.toMatchObject({ code: 0, said: expect.arrayContaining(['  7 letters sent back to team-audit-inbox']) });
  expect(inputsOf('StartMessageMoveTask')).toEqual([]);
});

test('looks at fifty letters of a queue and counts the others', async () => {
  const { team } = cloudWith({ [inbox]: Array.from({ length: 64 }, (_, i) => ({ id: String(i) })) });
  const { said } = await team('redrive', '--dry-run');
  expect(said).toHaveLength(52);
  expect(said.at(-1)).toBe('  and 14 more');
});

test('moves nothing in a dry run', async () => {
  const { team, inputsOf } = cloudWith({ [inbox]: [{ id: '1' }] });
  await expect(team('redrive', '--dry-run')).resolves.toMatchObject({ code: 0 });
  expect(inputsOf('StartMessageMoveTask')).toEqual([]);
});

test.each(['team-provisioning-dispatch.fifo', dispatch])('redrives only the queue that is meant by %s', async (name) => {
  const { team, inputsOf } = cloudWith({ [inbox]: [{ id: '1' }], [dispatch]: [{ id: '2' }] });
  await expect(team('redrive', name)).resolves.toMatchObject({ code: 0 });
  expect(inputsOf('StartMessageMoveTask')).toMatchObject([{ SourceArn: arn(dispatch) }]);
});

test('refuses a queue that is not there', async () => {
  await expect(cloudWith({}).team('redrive', 'team-tidy')).resolves.toMatchObject({ code: 1, remarks: [expect.stringContaining(`there are ${inbox}, ${dispatch}`)] });
});

test('goes on with other queues where one cannot be redriven, and ends with 1', async () => {
  const { team, inputsOf } = cloudWith(
    { [inbox]: [{ id: '1' }], [dispatch]: [{ id: '2' }] },
    { ListMessageMoveTasks: ({ SourceArn }) => ({ Results: [SourceArn === arn(inbox) ? { Status: 'FAILED', FailureReason: 'AccessDenied' } : { Status: 'COMPLETED' }] }) },
  );
  await expect(team('redrive')).resolves.toMatchObject({ code: 1, remarks: [`the letters of ${inbox} were not all moved: AccessDenied`] });
  expect(inputsOf('StartMessageMoveTask')).toHaveLength(2);
});

test('a letter whose time was up while it was looked at is no failure', async () => {
  const { team } = cloudWith({ [inbox]: [{ id: '1' }] }, { ChangeMessageVisibility: () => new ServiceError('MessageNotInflight') });
  await expect(team('redrive', '--dry-run')).resolves.toMatchObject({ code: 0 });
});
