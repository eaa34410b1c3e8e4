import type { Rule, RuleFrom } from '../watch.ts';

/** In the end all requests are over, and none counts against its requester as if it were open. */
export const overCountsNoMore: RuleFrom = ({ tables }): Rule => ({
  atRest: () =>
    [...tables.items('request', 'aggregates')].flatMap(({ pk, state }) => {
      const open = Object.keys((state as { open?: object }).open ?? {});
      return open.map((requestId) => `${requestId} is over and still counts against ${String(pk)}`);
    }),
});
