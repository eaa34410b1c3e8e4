import { usualParts } from '@team/request/compose';
import { requestWith, type Bug } from './bug.ts';

/** What could be wrong with judging requests. */
export const requestBugs: readonly Bug[] = [
  {
    name: 'identical request judged twice',
    breaks: 'a request that comes again is taken for a new one',
    rules: ['oneOutcome'],
    base: 6,
    composers: requestWith({
      decideRequest: (state, command, now) => usualParts.decideRequest(command.type === 'receive' ? undefined : state, command, now),
    }),
  },
  {
    name: 'open requests never freed',
    breaks: 'what is over counts against its requester as if it were open',
    rules: ['overCountsNoMore'],
    base: 1026,
    composers: requestWith({
      decideRequester: (state, command, now) => (command.type === 'release' ? [] : usualParts.decideRequester(state, command, now)),
    }),
  },
];
