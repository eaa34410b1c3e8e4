import { accessRequestedV1, accessRevocationRequestedV1, machineSource } from '@team/contracts';
import { askFor, chidi, devPayments, emeka, goro, idle, keiko, nightly, openDoors, prodPayments, wren, zoe, type Answered, type Doors } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ mayAskForOthers: [keiko] });
});
afterAll(() => doors.close());

const idsOf = ({ body }: Answered): readonly string[] => (Array.isArray(body['items']) ? body['items'].map((row: { requestId: string }) => row.requestId) : []);

const say = (body: object): Promise<Answered> => doors.asMachine(nightly, '/v1/requests', { body: { requestId: doors.world.newId(), ...body } });

async function asked(body: object, until: string): Promise<string> {
  const answer = await say(body);
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  const requestId = String(answer.body['requestId']);
  await doors.world.until(until, requestId);
  await doors.settled();
  return requestId;
}

/** Past the API, as the API would if it judged nothing: by the function's own right to the bus. */
async function emitted(detailType: string, source: string, data: object): Promise<string> {
  const requestId = doors.world.newId();
  doors.world.inject(source, detailType, { metadata: { eventId: doors.world.newId(), requestId, occurredAt: new Date(doors.world.now()).toISOString() }, data: { requestId, ...data } });
  return requestId;
}

describe('a machine', () => {
  it('has access given to whom it is registered for, and ends it', async () => {
    const requestId = await asked(askFor(doors, devPayments, 'PowerUserAccess', { for: wren }), 'AccessGranted.v1');
    const { PermissionSetArn } = doors.world.permissionSet('PowerUserAccess');
    expect(await doors.world.assigned(devPayments, PermissionSetArn)).toContain(doors.world.user(wren).UserId);
    const accepted = doors.world.events(requestId).find(({ detailType }) => detailType === 'AccessRequestAccepted.v1');
    expect(accepted?.detail.data).toMatchObject({ emitter: { name: 'nightly', source: 'team.portal.machine.nightly' }, requester: { userName: wren } });
    expect(accepted?.detail.data).not.toHaveProperty('askedBy');

    expect((await doors.asMachine(nightly, `/v1/requests/${requestId}/end`, { body: { reason: 'released' } })).status).toBe(202);
    await doors.world.until('AccessEnded.v1', requestId);
    await doors.settled();
    expect((await doors.asMachine(nightly, `/v1/requests/${requestId}`)).body).toMatchObject({ row: { status: 'revoked' }, grants: [{ by: { kind: 'emitter', name: 'nightly' } }] });
    expect(idsOf(await doors.asMachine(nightly, '/v1/requests'))).toEqual([requestId]);
    // It is the requester's as well, and an auditor finds it by who asked.
    expect(idsOf(await doors.as(wren, '/v1/requests'))).toEqual([requestId]);
  });

  it('takes back what waits, and reads why something was refused, by its own requests alone', async () => {
    const waits = await asked(askFor(doors, prodPayments, 'ReadOnlyAccess', { for: wren }), 'ApprovalRequested.v1');
    expect((await doors.asMachine(nightly, `/v1/requests/${waits}/end`, { body: {} })).status).toBe(202);
    await doors.world.until('AccessCancelled.v1', waits, 1);
    const refused = await asked(askFor(doors, devPayments, 'PowerUserAccess', { for: wren, durationMinutes: 5_000 }), 'AccessRequestRejected.v1');
    expect((await doors.asMachine(nightly, `/v1/requests/${refused}`)).body).toMatchObject({ row: { status: 'rejected' }, reasons: expect.arrayContaining([expect.objectContaining({ code: 'ERR_DURATION_OVER_LIMIT' })]) });
    const theirs = await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { startAt: '2026-03-03T09:00:00.000Z' }));
    for (const path of [`/v1/requests/${theirs}`, `/v1/requests/${theirs}/activity`]) expect((await doors.asMachine(nightly, path)).status).toBeGreaterThanOrEqual(403);
    expect((await doors.asMachine(nightly, `/v1/requests/${theirs}/end`, { body: {} })).body).toMatchObject({ status: 404, code: 'ERR_REQUEST_UNKNOWN' });
    expect(idsOf(await doors.asMachine(nightly, '/v1/requests'))).not.toContain(theirs);
  });

  it('asks at a person’s wish, who cannot approve it then', async () => {
    const requestId = await asked(askFor(doors, '752297035059', 'ReadOnlyAccess', { for: zoe, askedBy: emeka }), 'ApprovalRequested.v1');
    expect((await doors.as(emeka, `/v1/requests/${requestId}/decisions`, { body: { verdict: 'approve' } })).body).toMatchObject({ status: 403, code: 'ERR_SELF_APPROVAL' });
    expect((await doors.as(goro, `/v1/requests/${requestId}/decisions`, { body: { verdict: 'approve' } })).status).toBe(202);
  });

  it.each([keiko, chidi, 'nobody@acme.example'])('does not ask for %s, who is not among its people', async (userName) => {
    expect((await say(askFor(doors, devPayments, 'PowerUserAccess', { for: userName }))).body).toMatchObject({ status: 403, code: 'ERR_MACHINE_NOT_FOR_SUBJECT' });
  });
});

describe('the request service', () => {
  it('judges a machine by its own people, whatever the API lets by', async () => {
    const data = { requester: keiko, targets: [{ accountId: devPayments, permissionSetName: 'PowerUserAccess' }], durationMinutes: 60, justification: 'forged' };
    for (const [source, code] of [[machineSource(nightly.name), 'ERR_EMITTER_NOT_FOR_SUBJECT'], [machineSource(idle.name), 'ERR_EMITTER_UNKNOWN'], ['team.portal.machine', 'ERR_EMITTER_UNKNOWN']] as const) {
      const requestId = await emitted(accessRequestedV1.detailType, source, data);
      const { detail } = await doors.world.until('AccessRequestRejected.v1', requestId, 1);
      expect(JSON.stringify(detail.data['reasons'])).toContain(code);
    }
  });

  it('judges who may ask for others by what the portal is registered for, whatever the API lets by', async () => {
    const data = { requester: zoe, targets: [{ accountId: devPayments, permissionSetName: 'PowerUserAccess' }], durationMinutes: 60, justification: 'forged' };
    const forged = await emitted(accessRequestedV1.detailType, 'team.portal', { ...data, askedBy: wren });
    expect(JSON.stringify((await doors.world.until('AccessRequestRejected.v1', forged, 1)).detail)).toContain('ERR_MAY_NOT_ASK_FOR_OTHERS');
    const allowed = await emitted(accessRequestedV1.detailType, 'team.portal', { ...data, askedBy: keiko });
    await doors.world.until('AccessRequestAccepted.v1', allowed, 1);
  });
});

describe('the bus', () => {
  it('takes what a machine says from the portal’s functions alone, each what it is for', async () => {
    const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const put = (caller: string, DetailType: string, source = machineSource(nightly.name)) =>
      doors.world.system.clients(caller).eventBridge.send(new PutEventsCommand({ Entries: [{ EventBusName: 'team', Source: source, DetailType, Detail: '{}' }] }));
    const [asks, ends] = [accessRequestedV1.detailType, accessRevocationRequestedV1.detailType];
    expect(await put('portal', asks)).toMatchObject({ FailedEntryCount: 0 });
    expect(await put('portal-decisions', ends)).toMatchObject({ FailedEntryCount: 0 });
    for (const [caller, detailType, source] of [['portal', ends], ['portal-decisions', asks], ['deploy-pipeline', asks], ['local-channel', asks], ['portal', asks, machineSource(idle.name)], ['portal-decisions', 'ApprovalDecisionSubmitted.v1']] as const) {
      await expect(put(caller, detailType, source)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });
});

it('tells people whether they may ask for others', async () => {
  for (const [userName, mayAskForOthers] of [[keiko, true], [wren, false]] as const) expect((await doors.as(userName, '/v1/me')).body).toMatchObject({ mayAskForOthers });
});
