import {
  accessCancelledV1,
  accessRequestAcceptedV1,
  accessRequestedV1,
  accessRequestRejectedV1,
  accessRevocationRefusedV1,
  accessRevocationRequestedV1,
  approvalRequestedV1,
} from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../test/recorded.ts';
import { auditOver, FunctionError, scriptedCloud, ServiceError, type Script } from '../test/scripted-cloud.ts';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const twin = '3f2a1b4c-0000-4000-8000-000000000002';
const accepted = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId }));
const waiting = recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId }));
const userIdBase = '90677c11-aaaa-4bbb-8ccc-00000000000';
const askOptions = ['--as', 'dana', '--account', '444455556666', '--permission-set', 'ReadOnlyAccess', '--minutes', '60'];

/** A cloud in which an intent that is put on the bus is answered by facts in the trail. */
function answering(events: RecordedEvent[], answer: (data: { requestId: string }) => readonly RecordedEvent[], more: Script = {}) {
  return scriptedCloud({
    audit: auditOver(events),
    PutEvents: ({ Entries }) => {
      const [{ Detail }] = Entries as [{ Detail: string }];
      const { data } = JSON.parse(Detail) as { data: { requestId: string } };
      events.push(...answer(data));
      return { FailedEntryCount: 0, Entries: [{ EventId: 'any' }] };
    },
    ...more,
  });
}

describe('how a run ends', () => {
  it.each<[string, string[]]>([
    ['no command', []],
    ['an unknown command', ['tidy']],
    ['an unknown option', ['show', requestId, '--colour']],
    ['an endpoint that is no URL', ['--endpoint', '8042', 'show', requestId]],
    ['what cannot be a request id', ['show', 'xyz']],
    ['an unknown verdict', ['decide', requestId, 'perhaps', '--as', 'dana']],
    ['minutes that are no number', ['ask', ...askOptions, '--minutes', 'many']],
    ['no target', ['ask', '--as', 'dana', '--minutes', '60']],
    ['half a target', ['ask', '--as', 'dana', '--minutes', '60', '--account', '444455556666']],
    ['a target without slash', ['ask', '--as', 'dana', '--minutes', '60', '--target', '444455556666']],
    ['an account that is none', ['ask', ...askOptions, '--target', '4444/ReadOnlyAccess']],
    ['a start without offset', ['ask', ...askOptions, '--start', '2026-11-22T10:00:00']],
    ['a beginning that is no time', ['events', '--once', '--since', 'yesterday']],
  ])('with 2 for %s', async (_, argv) => {
    const { team, inputsOf } = scriptedCloud({ audit: auditOver([]) });
    const { code, remarks } = await team(...argv);
    expect(code).toBe(2);
    expect(remarks.join('\n')).not.toBe('');
    expect(inputsOf('PutEvents')).toEqual([]);
  });

  it('with 0 for help, which states the codes', async () => {
    const { code, said } = await scriptedCloud({}).team('--help');
    expect(code).toBe(0);
    expect(said.join('\n')).toContain('Exit codes: 0 done · 1 refused, or a problem was found · 2 not understood · 3 nothing answers · 4 sign in first · 130 interrupted');
  });

  it('with 3, and where it looked, where nothing answers', async () => {
    const { team } = scriptedCloud({ audit: () => Object.assign(new Error('connect'), { code: 'ENOTFOUND' }) });
    const { code, remarks } = await team('--endpoint', 'http://nowhere.example:1', 'audit', 'verify');
    expect(code).toBe(3);
    expect(remarks).toEqual([expect.stringMatching(/^nothing answers at http:\/\/nowhere\.example:1\. Run `npm start`/)]);
  });

  it('with 3 where what answers is something else', async () => {
    const { code, remarks } = await scriptedCloud({ ListQueues: () => '<html>It works!</html>' }).team('redrive');
    expect(code).toBe(3);
    expect(remarks).toEqual([expect.stringContaining('does not speak the AWS APIs')]);
  });

  it('with 1 and a sentence where the caller is not known', async () => {
    const { code, remarks } = await scriptedCloud({ audit: () => new ServiceError('UnrecognizedClientException', 'token', 403) }).team('audit', 'verify');
    expect(code).toBe(1);
    expect(remarks).toEqual([expect.stringContaining('does not know who is calling')]);
  });

  it('with 1 and the service’s own words where the audit service fails', async () => {
    const { code, remarks } = await scriptedCloud({ audit: () => new FunctionError('TeamError', 'the table is gone') }).team('audit', 'verify');
    expect([code, remarks]).toEqual([1, ['the audit service could not answer: the table is gone']]);
  });

  it('with 1 where the audit service answers in another shape', async () => {
    const { code, remarks } = await scriptedCloud({ audit: () => ({ events: 'many' }) }).team('show', requestId);
    expect([code, remarks]).toEqual([1, [expect.stringContaining('does not understand')]]);
  });

  it('with our own mistakes thrown, for whoever has to mend them', async () => {
    await expect(scriptedCloud({ audit: () => new TypeError('oops') }).team('audit', 'verify')).rejects.toThrow('oops');
  });
});

describe('team show', () => {
  it('finds a request by the beginning of its id', async () => {
    const { team } = scriptedCloud({ audit: auditOver([accepted, waiting]) });
    const { code, said } = await team('show', '3F2A1B4C');
    expect([code, said[0]]).toEqual([0, `request  ${requestId}`]);
  });

  it('refuses a beginning that fits two requests, or none', async () => {
    const other = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId: twin }));
    const { team } = scriptedCloud({ audit: auditOver([accepted, other]) });
    await expect(team('show', '3f2a1b4c')).resolves.toMatchObject({ code: 1, said: [], remarks: [expect.stringContaining(`${requestId}, ${twin}`)] });
    await expect(team('show', '00000000')).resolves.toMatchObject({ code: 1, remarks: [expect.stringContaining('no request of the last day')] });
  });

  it('reads every page of a long story, and gives it as JSON', async () => {
    const events = [accepted, waiting, waiting, waiting, waiting, waiting, waiting];
    const { team } = scriptedCloud({ audit: auditOver(events) });
    const { said } = await team('show', requestId, '--json');
    expect(JSON.parse(said.join(''))).toMatchObject({ requestId, status: 'pending', history: events.map(({ eventId }) => ({ eventId })) });
  });
});

describe('team events', () => {
  it('prints each event once, in the order in which they came, and stops at the end with --once', async () => {
    const { team } = scriptedCloud({ audit: auditOver([accepted, waiting]) });
    const { code, said } = await team('events', '--once', '--json');
    expect(code).toBe(0);
    expect(said.map((line): unknown => JSON.parse(line))).toEqual([accepted, waiting]);
  });

  it('begins so long ago by the cloud’s clock, not by this machine’s', async () => {
    const { team, inputsOf } = scriptedCloud({ audit: auditOver([]) }, 'Sun, 22 Nov 2026 10:00:00 GMT');
    await team('events', '--once', '--since', '15m');
    expect(inputsOf('audit')).toMatchObject([{ op: 'events', since: '2026-11-22T09:45:00.000Z' }]);
  });
});

describe('team audit verify', () => {
  const whole = { checkpoints: 0, chains: 1, records: 2, waiting: 0, problems: [], omitted: 0 };

  it('adds up the parts of the whole trail', async () => {
    const { team } = scriptedCloud({ audit: ({ after }) => (after === undefined ? { ...whole, next: 'records:' } : { ...whole, waiting: 1 }) });
    await expect(team('audit', 'verify')).resolves.toMatchObject({ code: 0, said: ['The audit trail is whole: 4 records in 2 chains, 0 checkpoints.', expect.stringContaining('1 record came')] });
  });

  it.each([
    ['listed', { problems: [{ chain: 'c', kind: 'missing', message: 'record 2 is missing' }] }],
    ['only counted', { omitted: 1 }],
  ])('ends with 1 when a problem is %s', async (_, found) => {
    await expect(scriptedCloud({ audit: () => ({ ...whole, ...found }) }).team('audit', 'verify')).resolves.toMatchObject({ code: 1 });
  });

  it('ends with 1 for a request of which nothing is recorded', async () => {
    await expect(scriptedCloud({ audit: () => ({ ...whole, records: 0 }) }).team('audit', 'verify', requestId)).resolves.toMatchObject({ code: 1, said: [] });
  });
});

describe('team ask', () => {
  it('puts one request on the bus, as the local channel and by the cloud’s clock, and says what comes next', async () => {
    const { team, calls, inputsOf } = answering(
      [],
      ({ requestId: id }) => [
        recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId: id })),
        recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId: id })),
      ],
      {},
    );
    const { code, said } = await team('ask', ...askOptions, '--for', 'lea', '--why', 'look', '--start', '2026-11-22T12:00:00+01:00', '--target', '777788889999/arn:aws:sso:::permissionSet/ssoins-1/ps-1');
    expect(code).toBe(0);
    const [{ Entries: [entry] = [] } = {}] = inputsOf('PutEvents') as { Entries: { Detail: string }[] }[];
    expect(entry).toMatchObject({ EventBusName: 'team', Source: 'team.local-channel', DetailType: 'AccessRequested.v1' });
    const { data } = accessRequestedV1.validate(JSON.parse(entry?.Detail ?? ''));
    expect(data).toEqual({
      requestId: expect.any(String),
      requester: 'lea',
      askedBy: 'dana',
      durationMinutes: 60,
      justification: 'look',
      startAt: '2026-11-22T11:00:00.000Z',
      targets: [
        { accountId: '444455556666', permissionSetName: 'ReadOnlyAccess' },
        { accountId: '777788889999', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' },
      ],
    });
    expect(calls.find(({ action }) => action === 'PutEvents')?.caller).toBe('local-channel');
    expect(said.at(-1)).toBe(`Waits for approval. Next: npx team decide ${data.requestId} approve --as USER`);
  });

  it.each([
    ['an enabled one, passing over a disabled one and who asks', [[`${userIdBase}1`, 'off', 'DISABLED'], [`${userIdBase}2`, 'Dana', 'ENABLED'], [`${userIdBase}3`, 'Lea', 'ENABLED']], 'Lea'],
    ['nobody whose name a shell would take for something else', [[`${userIdBase}1`, '$(id)', 'ENABLED']], 'USER'],
  ] as const)('names an approver to go on with: %s', async (_, users, named) => {
    const openStages = exampleOf(approvalRequestedV1).openStages.map((stage) => ({ ...stage, approvers: { groupIds: [], userIds: users.map(([id]) => id) } }));
    const requester = { ...exampleOf(accessRequestAcceptedV1).requester, userName: 'Dana' };
    const { team } = answering(
      [],
      ({ requestId: id }) => [
        recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId: id, requester })),
        recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId: id, openStages })),
      ],
      {
        ListInstances: () => ({ Instances: [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-1', IdentityStoreId: 'd-1' }] }),
        DescribeUser: ({ UserId }) => {
          const [, UserName, UserStatus] = users.find(([id]) => id === UserId) ?? [];
          return { UserId, UserName, UserStatus, IdentityStoreId: 'd-1' };
        },
      },
    );
    const { said } = await team('ask', ...askOptions);
    expect(said.at(-1)).toMatch(new RegExp(`^Waits for approval\\. Next: npx team decide \\S+ approve --as ${named}$`));
  });

  it('ends with 1 and every reason when it is rejected', async () => {
    const reasons = [{ code: 'ERR_NOT_ELIGIBLE', message: 'no policy' }, { code: 'ERR_TICKET_MISSING', message: 'no ticket' }];
    const { team } = answering([], ({ requestId: id }) => [recorded(accessRequestRejectedV1, exampleOf(accessRequestRejectedV1, { requestId: id, reasons }))]);
    const { code, said } = await team('ask', ...askOptions);
    expect([code, said.slice(1)]).toEqual([1, ['The request is over: rejected.', '  ERR_NOT_ELIGIBLE: no policy', '  ERR_TICKET_MISSING: no ticket']]);
  });

  it('ends with 1 when the bus takes the call and not the event', async () => {
    const { team } = scriptedCloud({ PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'try later' }] }) });
    await expect(team('ask', ...askOptions)).resolves.toMatchObject({ code: 1, said: [], remarks: ['the bus did not take the event: InternalFailure try later'] });
  });
});

describe('team end', () => {
  it('asks in the person’s name, and ends with 0 when the request is taken back', async () => {
    const { team, inputsOf } = answering([accepted, waiting], () => [recorded(accessCancelledV1, exampleOf(accessCancelledV1, { requestId }))]);
    await expect(team('end', requestId, '--as', 'dana', '--reason', 'found it')).resolves.toMatchObject({ code: 0 });
    const [{ Entries: [entry] = [] } = {}] = inputsOf('PutEvents') as { Entries: { Detail: string }[] }[];
    expect(accessRevocationRequestedV1.validate(JSON.parse(entry?.Detail ?? '')).data).toEqual({ requestId, by: 'dana', reason: 'found it' });
  });

  it('ends with 1 and why when the person may not', async () => {
    const reason = { code: 'ERR_NOT_ENTITLED', message: 'not yours' };
    const { team } = answering([accepted, waiting], () => [recorded(accessRevocationRefusedV1, exampleOf(accessRevocationRefusedV1, { requestId, reason }))]);
    await expect(team('end', requestId, '--as', 'eve')).resolves.toMatchObject({ code: 1, said: ['Not ended: ERR_NOT_ENTITLED: not yours'] });
  });

  it('is told to the bus even where the trail says that there is nothing left to end', async () => {
    const { team, inputsOf } = answering([accepted, recorded(accessCancelledV1, exampleOf(accessCancelledV1, { requestId }))], () => []);
    await expect(team('end', requestId, '--as', 'dana')).resolves.toMatchObject({ code: 0, said: ['There was nothing left to end: cancelled.'] });
    expect(inputsOf('PutEvents')).toHaveLength(1);
  });
});
