import { usualParts } from '@team/provisioning/compose';
import { expiryWith, provisioningWith, type Bug } from './bug.ts';

/** What could be wrong with taking in approvals and windows. */
export const evidenceBugs: readonly Bug[] = [
  {
    name: 'approval not verified',
    breaks: 'the first approval of a request is believed, whoever put it on the bus',
    rules: ['deadLettersExplained', 'openedAsEligible', 'endsAsReckoned', 'oneEnd'],
    base: 6100028,
    composers: expiryWith({ verifyApproval: (_evidence, _finalError, { acceptedAt }) => Promise.resolve({ acceptedAt }) }),
  },
  {
    name: 'evidence not verified',
    breaks: 'whatever asks to be opened is opened',
    rules: ['createdAsApproved', 'oneEnd'],
    base: 6100001,
    composers: provisioningWith({ verifyWindow: () => Promise.resolve(undefined) }),
  },
  {
    name: 'evidence of another grant accepted',
    breaks: 'the evidence is verified by itself, not that it is about what is asked for',
    rules: ['createdAsApproved', 'oneEnd'],
    base: 6100001,
    composers: provisioningWith({
      async verifyWindow(evidence, data) {
        const proof = await evidence.proof(data.proof);
        if (!proof.ok) return proof.reason;
        const { grantId, accountId, permissionSetArn } = proof.signed.claims;
        return usualParts.verifyWindow(evidence, { ...data, grant: { ...data.grant, grantId, accountId, permissionSetArn } });
      },
    }),
  },
  {
    name: 'openBy not checked',
    breaks: 'a window that was to be opened within an hour is opened as long as the grant could last',
    rules: ['createdAsApproved'],
    base: 6100227,
    composers: provisioningWith({
      decide(state, command, now) {
        if (command.type !== 'open') return usualParts.decide(state, command, now);
        return usualParts.decide(state, { ...command, bounds: { ...command.bounds, openBy: command.bounds.latestEnd } }, now);
      },
    }),
  },
  {
    name: 'grant serves twice',
    breaks: 'what has ended leaves no tombstone: its window opens again',
    rules: ['createdAsApproved', 'oneEnd'],
    base: 6100002,
    composers: provisioningWith({
      evolve(state, event) {
        const after = usualParts.evolve(state, event);
        if (event.type !== 'AccessEnded.v1') return after;
        const { [event.data.grantId]: _tombstone, ...holds } = after.holds;
        return { ...after, holds };
      },
    }),
  },
];
