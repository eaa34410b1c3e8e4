import type { AccessOverdueV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';
import { calmSince } from './seen.ts';

const minuteMs = 60_000;
/** An end that is not confirmed by then is overdue (ms). */
const overdueAfterMs = 15 * minuteMs;
/** What it may take to notice (ms). */
const noticedWithinMs = 2 * minuteMs;

/**
 * `AccessOverdue` is said of each grant whose `AccessEnded` came too late, and of no other. What happens while things go wrong is left
 * out: an answer may then be late on its way.
 */
export const overdueIsSaid: RuleFrom = ({ trouble, now, forged }, { grants }): Rule => {
  const said = new Map<string, number>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (detailType !== 'AccessOverdue.v1' || forged.has(String(metadata['eventId']))) return undefined;
      const { grantId, endedAt } = data as AccessOverdueV1;
      said.set(grantId, now());
      const lateBy = now() - Date.parse(endedAt) - overdueAfterMs;
      if (lateBy < 0) return `grant ${grantId} is called overdue ${-lateBy} ms too early`;
      const calm = calmSince(trouble) ?? Infinity;
      const { endSaid, ended } = grants.find(grantId) ?? {};
      if (endSaid === undefined) return `grant ${grantId} is called overdue, and nobody ended it`;
      const inTime = ended !== undefined && ended.takenAt >= calm && ended.takenAt + noticedWithinMs < endSaid.endedAt + overdueAfterMs;
      return inTime ? `grant ${grantId} is called overdue, and its end was confirmed in time` : undefined;
    },
    atRest() {
      const calm = calmSince(trouble) ?? Infinity;
      return [...grants.all].flatMap(({ grantId, endSaid, ended }) => {
        if (endSaid === undefined || said.has(grantId)) return [];
        const answered = ended?.takenAt ?? now();
        const late = answered > Math.max(endSaid.endedAt + overdueAfterMs, endSaid.takenAt, calm) + noticedWithinMs;
        const [over, answer] = [endSaid.endedAt, answered].map((at) => new Date(at).toISOString());
        return late ? [`grant ${grantId} was over at ${over}, answered at ${answer}, and never called overdue`] : [];
      });
    },
  };
};
