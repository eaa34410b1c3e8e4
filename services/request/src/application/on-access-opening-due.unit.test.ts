import { id, wren } from '../../test/facts.ts';
import { asked, received, service } from '../../test/service.ts';
import { onAccessOpeningDue } from './on-access-opening-due.ts';

type Service = ReturnType<typeof service>;

const due = (at: Service, { grantIds = at.state()?.accepted?.grants.map(({ grantId }) => grantId) ?? [id(90)], eventId = id(80) } = {}) => {
  const data = { requestId: asked.requestId, grantIds, openBy: '2026-03-02T10:00:00Z' };
  return onAccessOpeningDue(received('AccessOpeningDue.v1', data, { source: 'team.expiry', account: '888888888888', eventId }), at.ports);
};

async function accepted(): Promise<Service> {
  const at = service();
  await at.ask();
  at.published.length = 0;
  return at;
}

it('confirms what is still allowed, once for each time it is asked', async () => {
  const at = await accepted();
  await due(at);
  await due(at);
  expect(at.published).toMatchObject([{ type: 'EligibilityConfirmed.v1', data: { openingDueId: id(80) } }]);
  await due(at, { eventId: id(81) });
  expect(at.types()).toEqual(['EligibilityConfirmed.v1', 'EligibilityConfirmed.v1']);
});

it.each<[string, string, (at: Service) => void]>([
  ['the policy is gone', 'ERR_NOT_ELIGIBLE', ({ world }) => (world.policies = [])],
  ['the person is gone', 'ERR_USER_UNKNOWN', ({ world }) => (world.person = undefined)],
  ['the person cannot be told from another', 'ERR_USER_UNKNOWN', ({ world }) => (world.person = 'ambiguous')],
  ['the person was disabled', 'ERR_USER_DISABLED', ({ world }) => (world.person = { ...wren, enabled: false })],
  ['the account was closed', 'ERR_ACCOUNT_NOT_ACTIVE', ({ world }) => (world.account = undefined)],
])('lapses where %s', async (_what, code, change) => {
  const at = await accepted();
  change(at);
  await due(at);
  expect(at.published).toMatchObject([{ type: 'EligibilityLapsed.v1', data: { reasons: [{ code }] } }]);
});

it('answers for each grant by itself', async () => {
  const at = await accepted();
  const known = at.state()?.accepted?.grants[0]?.grantId ?? '';
  await due(at, { grantIds: [known, id(90)] });
  expect(at.published).toMatchObject([
    { type: 'EligibilityConfirmed.v1', data: { grantIds: [known] } },
    { type: 'EligibilityLapsed.v1', data: { grantIds: [id(90)], reasons: [{ code: 'ERR_GRANT_UNKNOWN' }] } },
  ]);
});

it('lets an outage pass, and answers when asked again', async () => {
  const at = await accepted();
  const outage = new Error('down');
  at.world.passage = (step, answer) => (step === 'person' ? Promise.reject(outage) : answer());
  await expect(due(at)).rejects.toBe(outage);
  at.world.passage = (_step, answer) => answer();
  await due(at);
  expect(at.types()).toEqual(['EligibilityConfirmed.v1']);
});

describe('for a request that was never accepted here', () => {
  it('has lapsed, once for each time it is asked, and nobody may ask under its id any more', async () => {
    const at = service();
    await due(at);
    await due(at);
    expect(at.published).toMatchObject([
      { type: 'EligibilityLapsed.v1', data: { grantIds: [id(90)], openingDueId: id(80), reasons: [{ code: 'ERR_REQUEST_NOT_ACCEPTED' }] } },
    ]);
    await due(at, { eventId: id(81) });
    await at.ask();
    await at.ask();
    expect(at.types().slice(1)).toEqual(['EligibilityLapsed.v1', 'DuplicateRequestIgnored.v1']);
    expect(at.open()).toEqual([]);
  });

  it('has lapsed where it was rejected', async () => {
    const at = service();
    at.world.policies = [];
    await at.ask();
    await due(at);
    expect(at.types()).toEqual(['AccessRequestRejected.v1', 'EligibilityLapsed.v1']);
  });

  it('judges it as accepted, where that came in between', async () => {
    const at = service();
    at.world.passage = async (step, answer) => {
      const given = await answer();
      if (step !== 'load') return given;
      at.world.passage = (_step, next) => next();
      await at.ask();
      return given;
    };
    await due(at, { grantIds: [id(90)] });
    expect(at.published).toMatchObject([
      { type: 'AccessRequestAccepted.v1' },
      { type: 'EligibilityLapsed.v1', data: { reasons: [{ code: 'ERR_GRANT_UNKNOWN' }] } },
    ]);
  });
});
