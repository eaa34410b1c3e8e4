import { usualParts } from '@team/request/compose';
import { requestWith, type Bug } from './bug.ts';

/** What could be wrong with judging requests. */
export const requestBugs: readonly Bug[] = [
  {
    name: 'identical request judged twice',
    breaks: 'a request that comes again is taken for a new one',
    rules: ['oneOutcome'],
    base: 6100000,
    composers: requestWith({
      decideRequest: (state, command, now) => usualParts.decideRequest(command.type === 'receive' ? undefined : state, command, now),
    }),
  },
  {
    name: 'no policy requires approval',
    breaks: 'every eligibility policy is read as one that asks for no approval',
    rules: ['acceptedAsEligible'],
    base: 6100000,
    composers: requestWith({
      policyTable(client, table, clock) {
        const usual = usualParts.policyTable(client, table, clock);
        return {
          async load() {
            const { eligibility, ...rest } = await usual.load();
            return { ...rest, eligibility: eligibility.map((policy) => ({ ...policy, approval: 'not-required' as const })) };
          },
        };
      },
    }),
  },
  {
    name: 'everybody is in every group',
    breaks: 'groups are kept without the person whose they are: whoever asks is in all groups of those who asked before',
    rules: ['acceptedAsEligible'],
    base: 6100003,
    composers: requestWith({
      directoryPeople(directory) {
        const usual = usualParts.directoryPeople(directory);
        const groupIds = new Set<string>();
        return {
          async find(ref) {
            const person = await usual.find(ref);
            if (typeof person !== 'object') return person;
            for (const id of person.groupIds) groupIds.add(id);
            return { ...person, groupIds };
          },
        };
      },
    }),
  },
  {
    name: 'open requests never freed',
    breaks: 'what is over counts against its requester as if it were open',
    rules: ['overCountsNoMore'],
    base: 6100000,
    composers: requestWith({
      decideRequester: (state, command, now) => (command.type === 'release' ? [] : usualParts.decideRequester(state, command, now)),
    }),
  },
];
