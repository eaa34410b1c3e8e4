import type { Rule, RuleFrom } from './rule.ts';

/** A record as it was told of, or as it stands: the same in one line. */
const lineOf = (detailType: unknown, eventId: unknown, chain: unknown, seq: unknown): string => `${String(detailType)} ${String(eventId)} at ${String(seq)} of ${String(chain)}`;

/** In the end the SIEM was told of every record at its place, and of nothing that is not on record, or stands elsewhere in its chain. */
export const siemIsTold: RuleFrom = ({ tables, events }): Rule => ({
  atRest() {
    const told = new Set(
      events.flatMap(({ detailType, source, detail: { data } }) => (source === 'team.audit' && detailType === 'AuditRecorded.v1' ? [lineOf(data['detailType'], data['recordedEventId'], data['chain'], data['seq'])] : [])),
    );
    const recorded = [...tables.items('audit', 'records')].map(({ detailType, eventId, chain, seq }) => lineOf(detailType, eventId, chain, seq));
    const untold = recorded.filter((line) => !told.delete(line)).map((line) => `the SIEM was never told of ${line}`);
    return [...untold, ...[...told].map((line) => `the SIEM was told of ${line}, where no such record stands`)];
  },
});
