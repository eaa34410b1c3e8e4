import { startApi } from '../../test/api.ts';
import { alice, now, olga } from '../../test/people.ts';

function start() {
  let time = now;
  const api = startApi([], [alice, olga], { now: () => time });
  return { ...api, pass: (ms: number) => void (time += ms) };
}

const asked = { targets: [{ accountId: '111122223333', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' }], durationMinutes: 60 };

describe('each person', () => {
  it('may send 60 commands at once, then one a second', async () => {
    const { call, pass } = start();
    const ask = () => call('/v1/requests', { as: alice, body: asked });
    for (let sent = 0; sent < 60; sent += 1) expect((await ask()).status).toBe(202);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([429, '1', expect.objectContaining({ code: 'ERR_TOO_MANY_CALLS' })]);
    pass(1_000);
    expect([(await ask()).status, (await ask()).status]).toEqual([202, 429]);
    pass(3_600_000);
    for (let sent = 0; sent < 60; sent += 1) expect((await ask()).status).toBe(202);
    expect((await ask()).status).toBe(429);
  });

  it('may read 600 times at once, whatever others do, and however many commands were sent', async () => {
    const { call } = start();
    for (let read = 0; read < 600; read += 1) expect((await call('/v1/me', { as: alice })).status).toBe(200);
    expect((await call('/v1/me', { as: alice })).status).toBe(429);
    expect((await call('/v1/preview', { as: alice, body: asked })).status).toBe(429);
    expect((await call('/v1/me', { as: olga })).status).toBe(200);
    expect((await call('/v1/requests', { as: alice, body: asked })).status).toBe(202);
  });

  it('is not held up by what nobody signed in sends', async () => {
    const { call } = start();
    for (let read = 0; read < 700; read += 1) expect((await call('/v1/me')).status).toBe(401);
    expect((await call('/v1/me', { as: alice })).status).toBe(200);
  });
});
