import type { Rule, RuleFrom } from './rule.ts';

/**
 * In the end all requests are over, and none that was accepted counts against its requester as if it were open. One that was admitted and
 * then rejected, because its requester was deleted meanwhile, may count until nothing of it could be open: the id of nobody is left to free.
 */
export const overCountsNoMore: RuleFrom = ({ tables, events }): Rule => ({
  atRest() {
    const accepted = new Set(events.flatMap(({ detailType, detail }) => (detailType === 'AccessRequestAccepted.v1' ? [String(detail.data['requestId'])] : [])));
    return [...tables.items('request', 'aggregates')].flatMap(({ pk, state }) => {
      const open = Object.keys((state as { open?: object }).open ?? {}).filter((requestId) => accepted.has(requestId));
      return open.map((requestId) => `${requestId} is over and still counts against ${String(pk)}`);
    });
  },
});
