import { textIn, type ServiceCall } from '../invocation.ts';
import type { Rule, RuleFrom } from './rule.ts';

const writes = ['PutItem', 'UpdateItem'];
const services = ['request', 'approval', 'expiry', 'provisioning'];
/** Of the audit service's tables two have outboxes; to look for some in its records would take long. */
const ofAudit = ['activity', 'lifecycles'];
const hasOutboxes = (service: string, table: string): boolean => services.includes(service) || (service === 'audit' && ofAudit.includes(table));
const aggregates: readonly (readonly [service: string, table: string])[] = [...services.map((service) => [service, 'aggregates'] as const), ...ofAudit.map((table) => ['audit', table] as const)];

interface Entry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
}

type PutEntry = Record<'Source' | 'DetailType' | 'Detail', string>;

/**
 * What a service puts on the bus stands, word for word, in the outbox of an item that was committed before; and what was committed so is
 * on the bus in the end, with nothing left in any outbox.
 */
export const factsAreStored: RuleFrom = ({ tables, events }): Rule => {
  const stored = new Map<string, Entry>();
  const written: { readonly service: string; readonly table: string; readonly pk: string }[] = [];

  /** What the last calls wrote, which had not happened yet when they were seen. */
  function readWritten(): void {
    for (const { service, table, pk } of written.splice(0)) {
      const outbox = tables.item(service, table, pk)?.['outbox'] as Record<string, Entry> | undefined;
      for (const [eventId, entry] of Object.entries(outbox ?? {})) stored.set(eventId, entry);
    }
  }
  function put(call: ServiceCall): string | undefined {
    const { Entries } = call.input;
    const entries = Array.isArray(Entries) ? (Entries as PutEntry[]) : [];
    for (const { Source, DetailType, Detail } of entries) {
      // What the audit service tells of its records is committed as records: another rule looks at it.
      if (Source === 'team.audit' && DetailType === 'AuditRecorded.v1') continue;
      const { eventId } = (JSON.parse(Detail) as { metadata: { eventId: string } }).metadata;
      const entry = stored.get(eventId);
      if (entry === undefined) return `${Source} publishes ${DetailType} ${eventId}, which stands in no outbox`;
      const same = entry.source === Source && entry.detailType === DetailType && entry.detail === Detail;
      if (!same) return `${Source} publishes ${DetailType} ${eventId} otherwise than it stored it`;
    }
    return undefined;
  }
  return {
    onCall(call) {
      readWritten();
      if (call.action === 'PutEvents') return put(call);
      const [, service, table] = /^team-([a-z]+)-([a-z]+)$/.exec(textIn(call, 'TableName')) ?? [];
      if (service === undefined || table === undefined || !hasOutboxes(service, table) || !writes.includes(call.action)) return undefined;
      const { pk } = (call.input['Key'] ?? call.input['Item']) as { pk?: { S?: string } };
      if (pk?.S !== undefined) written.push({ service, table, pk: pk.S });
      return undefined;
    },
    atRest() {
      readWritten();
      const published = new Set(events.map(({ detail }) => String(detail.metadata['eventId'])));
      const lost = [...stored]
        .filter(([eventId]) => !published.has(eventId))
        .map(([eventId, { detailType }]) => `${detailType} ${eventId} was committed and never came onto the bus`);
      const waiting = aggregates.flatMap(([service, table]) =>
        [...tables.items(service, table)].flatMap(({ pk, outbox }) => {
          const left = Object.keys((outbox as object | undefined) ?? {}).length;
          return left === 0 ? [] : [`${left} events still wait in the outbox of ${String(pk)} of ${service}`];
        }),
      );
      return [...lost, ...waiting];
    },
  };
};
