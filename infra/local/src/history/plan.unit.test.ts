import { fileURLToPath } from 'node:url';
import { loadOrganization } from '../identity/index.ts';
import { castOf } from './cast.ts';
import { overAt } from './past-request.ts';
import { planOf } from './plan.ts';

const organization = loadOrganization(fileURLToPath(new URL('../../fixtures/organization.json', import.meta.url)));
const end = Date.parse('2026-11-30T00:00:00Z');
const plan = planOf(castOf(organization), end, 30);

it('is a month of requests, the same each time, of which nothing is open at its end', () => {
  expect(plan.length).toBeGreaterThanOrEqual(150);
  expect(plan.length).toBeLessThanOrEqual(300);
  expect(planOf(castOf(organization), end, 30)).toEqual(plan);
  expect(plan.filter((request) => overAt(request) > end)).toEqual([]);
});

it('has nobody ask for what they have, or decide on what they asked for themselves but once, where it is refused', () => {
  const held = new Map<string, number>();
  for (const request of plan) {
    for (const account of request.accounts) {
      const key = `${request.requester} ${account} ${request.permissionSet}`;
      expect(held.get(key) ?? 0).toBeLessThanOrEqual(request.at);
      if (request.fails !== true) held.set(key, overAt(request));
    }
  }
  expect(plan.filter(({ requester, acts }) => acts.some(({ by, does }) => by === requester && does === 'approve'))).toHaveLength(1);
});

it('has of everything that happens to requests', () => {
  const share = (holds: (request: (typeof plan)[number]) => boolean): number => plan.filter(holds).length / plan.length;
  const does = (what: string) => share(({ acts }) => acts.some((act) => act.does === what));
  for (const part of [does('approve'), does('deny'), does('end'), share(({ accounts }) => accounts.length > 1), share(({ extension }) => extension !== undefined), share(({ startsAfter }) => startsAfter !== undefined), share(({ emitter }) => emitter !== undefined)]) {
    expect(part).toBeGreaterThan(0.01);
  }
  expect(does('approve')).toBeGreaterThan(0.5);
  const approvals = plan.flatMap(({ acts }) => acts.filter((act) => act.does === 'approve'));
  expect(approvals.filter(({ after }) => after < 60).length / approvals.length).toBeGreaterThan(0.7);
  const glass = plan.filter(({ breakGlass }) => breakGlass === true);
  expect([glass.length, glass.filter(({ acts }) => acts.length === 0).length]).toEqual([4, 1]);
  expect(new Set(plan.map(({ requester }) => requester)).size).toBeGreaterThan(20);
});
