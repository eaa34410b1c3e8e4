import { usualParts } from '@team/expiry/compose';
import { usualParts as usualProvisioning, type ProvisioningParts } from '@team/provisioning/compose';
import { expiryWith, provisioningWith, type Bug } from './bug.ts';

type Assignment = Parameters<ProvisioningParts['dueAt']>[0];

/** The same, with grants that have no end of their own. */
function endless(state: Assignment): Assignment {
  const holds = Object.entries(state.holds).map(([grantId, hold]) => [grantId, hold.status === 'ended' ? hold : { ...hold, durationMinutes: 1e9, latestEnd: 1e15 }] as const);
  return { ...state, holds: Object.fromEntries(holds) };
}

/** Provisioning ends nothing by itself. */
const noEndOfItsOwn = provisioningWith({
  dueAt: (state) => usualProvisioning.dueAt(endless(state)),
  checkAt: (state, everyMs) => usualProvisioning.checkAt(endless(state), everyMs),
  decide: (state, command, now) =>
    usualProvisioning.decide(state, command, now).filter(({ type }) => type !== 'EndBegun' || command.type === 'end'),
});

/** Whether the expiry service says nothing of this grant's end: one in four. */
const isUnheard = (grantId: string): boolean => /^[0-3]/.test(grantId);

/** What could be wrong with the ends of access. */
export const expiryBugs: readonly Bug[] = [
  {
    name: 'early revocation forgotten',
    breaks: 'a wish to end access that overtakes the approval is lost, and the access opens',
    rules: ['wishesAreAnswered'],
    base: 6100053,
    composers: expiryWith({
      decide: (state, command, now) => (command.type === 'revoke' && state?.approval === undefined ? [] : usualParts.decide(state, command, now)),
    }),
  },
  {
    name: 'wish answered and not granted',
    breaks: 'an entitled wish to end access is answered, and some grants go on',
    rules: ['wishesAreGranted'],
    base: 6100000,
    composers: expiryWith({
      decide: (state, command, now) =>
        usualParts.decide(state, command, now).filter(({ type, data }) => command.type !== 'judge' || type !== 'AccessRevoked.v1' || !isUnheard(data.grantId)),
    }),
  },
  {
    name: 'end said once',
    breaks: 'an end is never repeated, since once said it counts as confirmed; and provisioning has no end of its own',
    rules: ['endsAreRepeated', 'nothingLeftBehind', 'overdueIsSaid', 'oneEnd'],
    base: 6100004,
    composers: {
      ...expiryWith({
        evolve(state, event) {
          const after = usualParts.evolve(state, event);
          if (event.type !== 'AccessExpired.v1' && event.type !== 'AccessRevoked.v1') return after;
          const { requestId, grantId } = event.data;
          return usualParts.evolve(after, { type: 'EndConfirmed', at: event.at, data: { requestId, grantId } });
        },
      }),
      ...noEndOfItsOwn,
    },
  },
  {
    name: 'end recomputed',
    breaks: 'each time AccessGranted comes, the duration counts from then',
    rules: ['endsAsReckoned'],
    base: 6100025,
    composers: expiryWith({
      decide(state, command, now) {
        if (command.type !== 'grant' || state === undefined) return usualParts.decide(state, command, now);
        const { grantedAt: _before, ...progress } = state.progress[command.grantId] ?? {};
        const forgetful = { ...state, progress: { ...state.progress, [command.grantId]: progress } };
        return usualParts.decide(forgetful, { ...command, grantedAt: new Date(now).toISOString() }, now);
      },
    }),
  },
  {
    name: 'nobody ends it',
    breaks: 'the expiry service forgets some grants, and provisioning has no end of its own',
    rules: ['nothingLeftBehind', 'oneEnd'],
    base: 6100000,
    composers: {
      ...expiryWith({
        evolve(state, event) {
          const after = usualParts.evolve(state, event);
          if (event.type !== 'AccessWindowOpened.v1' || !isUnheard(event.data.grant.grantId)) return after;
          return usualParts.evolve(after, { type: 'FailureNoted', at: event.at, data: { requestId: event.data.requestId, grantId: event.data.grant.grantId } });
        },
        decide: (state, command, now) =>
          command.type === 'grant' && isUnheard(command.grantId) ? [] : usualParts.decide(state, command, now),
      }),
      ...noEndOfItsOwn,
    },
  },
  {
    name: 'only who still exists may end',
    breaks: 'the requester is looked up by name instead of being known from the request: whoever was renamed or deleted cannot end their access',
    rules: ['wishesAreAnswered'],
    base: 6100010,
    composers: expiryWith({
      evolve(state, event) {
        const after = usualParts.evolve(state, event);
        if (event.type !== 'ApprovalNoted' || after.approval === undefined) return after;
        const { requester } = after.approval;
        return { ...after, approval: { ...after.approval, requester: { ...requester, userName: requester.userId } } };
      },
    }),
  },
  {
    name: 'due for ever',
    breaks: 'the time to forget a request is taken for a time at which something is due: its timer runs for more than a year',
    rules: ['comesToRest'],
    base: 6100000,
    composers: expiryWith({ dueAt: (state) => usualParts.dueAt(state) ?? usualParts.forgetAt(state) }),
  },
  {
    name: 'opens without asking again',
    breaks: 'scheduled access opens although nobody judged whether the requester is still eligible',
    rules: ['openedAsEligible'],
    base: 6100004,
    composers: expiryWith({
      evolve(state, event) {
        const after = usualParts.evolve(state, event);
        if (event.type !== 'ApprovalNoted' || after.approval === undefined) return after;
        return { ...after, approval: { ...after.approval, acceptedAt: after.approval.window.notBefore } };
      },
    }),
  },
];
