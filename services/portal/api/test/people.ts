import { TeamError } from '@team/runtime';
import type { People, SignedIn, Standing, StoodInFor } from '../src/application/ports.ts';

/** Monday morning. */
export const now = Date.parse('2026-11-30T09:00:00.000Z');

const idOf = (number: number): string => `93672a4c-0000-7000-8000-${String(number).padStart(12, '0')}`;

const person = (number: number, name: string): SignedIn => ({
  userId: idOf(number),
  userName: `${name}@acme.example`,
  displayName: name,
  authTime: now / 1000 - 60,
  sessionEndsAt: now + 3_600_000,
});

/** Alice asks; Olga asks for other things; Bob approves; Ada audits; Rudi administers; Dora is disabled; Vera is nothing by herself. */
export const alice = person(1, 'Alice');
export const olga = person(2, 'olga');
export const bob = person(3, 'bob');
export const ada = person(4, 'ada');
export const rudi = person(5, 'rudi');
export const dora = person(6, 'dora');
export const vera = person(7, 'vera');

export const engineers = idOf(101);
export const approvers = idOf(102);

const nothing: Standing = { groupIds: [], auditor: false, administrator: false, approver: false };

const standings: ReadonlyMap<string, Standing> = new Map([
  [alice.userId, { ...nothing, groupIds: [engineers] }],
  [olga.userId, { ...nothing, groupIds: [engineers] }],
  // An approver who is also among those who may be eligible: nobody is only one thing.
  [bob.userId, { ...nothing, groupIds: [approvers], approver: true }],
  [ada.userId, { ...nothing, auditor: true }],
  [rudi.userId, { ...nothing, administrator: true }],
  [vera.userId, nothing],
]);

/** People as the tests have them; each look-up is remembered with how fresh it had to be. */
export function fakePeople(standsInFor: Readonly<Record<string, readonly StoodInFor[]>> = {}): People & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async standingOf(userId, freshness) {
      asked.push(freshness);
      return standings.get(userId);
    },
    stoodInForBy: async (userId) => standsInFor[userId] ?? [],
    namesOf: async ({ userIds, groupIds }) => new Map([...userIds, ...groupIds].map((id) => [id, id === approvers ? 'approvers' : `name of ${id}`])),
  };
}

export const directoryIsDown: People = {
  standingOf: () => Promise.reject(new TeamError('ERR_DIRECTORY_DOWN', 'the identity store at 10.0.0.7 does not answer', { retryable: true })),
  stoodInForBy: async () => [],
  namesOf: async () => new Map(),
};
