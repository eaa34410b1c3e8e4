import { toOcsf } from '../../../services/audit/src/domain/ocsf.ts';
import type { Rule, RuleFrom } from './rule.ts';

const services = new Set(['team.request', 'team.approval', 'team.expiry', 'team.provisioning', 'team.audit']);

interface Delivered {
  readonly account: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly data?: Readonly<Record<string, unknown>> };
}

/** In the end the SIEM was told of every record of which there is something to tell, and of nothing that is not on record, or stands elsewhere in its chain. */
export const siemIsTold: RuleFrom = ({ tables, events }): Rule => ({
  atRest() {
    const told = new Map<string, { readonly chain: unknown; readonly seq: unknown }>();
    for (const { detailType, source, detail } of events) {
      if (source !== 'team.audit' || detailType !== 'AuditRecorded.v1') continue;
      const { recordedEventId, chain, seq, detailType: of } = detail.data;
      told.set(`${String(of)} ${String(recordedEventId)}`, { chain, seq });
    }
    const ownAccount = events.find(({ source }) => services.has(source))?.account;
    const problems: string[] = [];
    for (const { raw, eventId, chain, seq } of tables.items('audit', 'records')) {
      const { account, source, 'detail-type': detailType, detail } = JSON.parse(String(raw)) as Delivered;
      const known = { eventId: '', detailType, source, occurredAt: '2026-03-02T09:00:00Z', data: detail.data ?? {}, chain: '', seq: 1, account };
      if (account !== ownAccount || !services.has(source) || toOcsf(known) === undefined) continue;
      const name = `${detailType} ${String(eventId)}`;
      const said = told.get(name);
      if (said === undefined) problems.push(`the SIEM was never told of ${name}`);
      else if (said.chain !== chain || said.seq !== seq) problems.push(`the SIEM was told that ${name} stands at ${String(said.seq)} of ${String(said.chain)}, and it does not`);
      told.delete(name);
    }
    return [...problems, ...[...told.keys()].map((name) => `the SIEM was told of ${name}, which is not on record`)];
  },
});
