import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { Rule, RuleFrom } from './rule.ts';
import type { Seen } from './seen.ts';

interface VerifyAnswer {
  readonly records: number;
  readonly waiting: number;
  readonly problems: readonly { readonly message: string }[];
  readonly next?: string;
}

/**
 * Every event of the bus is on record at most once at any time, whoever delivers it how often, and exactly once in the end; every chain
 * grows by one record at a time; and what the audit service says of its own trail is that it is whole.
 */
export const recordedOnce: RuleFrom = (seen): Rule => {
  const { tables } = seen;
  /** Where each chain ends, and all that is in any of them. */
  const ends = new Map<string, number>();
  const recorded = new Set<string>();
  let moved: string | undefined;

  /** Looks at a chain whose head the last call was to move. */
  function readMoved(): string | undefined {
    const chain = moved;
    moved = undefined;
    const head = chain === undefined ? undefined : tables.item('audit', 'heads', chain);
    if (chain === undefined || head === undefined) return undefined;
    const seq = Number(head['seq']);
    const end = ends.get(chain) ?? 0;
    if (seq === end) return undefined;
    ends.set(chain, seq);
    if (seq !== end + 1) return `${chain} ended at ${end} and then at ${seq}`;
    const record = tables.item('audit', 'records', String(head['last']));
    if (record === undefined) return `${chain} has ${String(head['last'])} in it, of which there is no record`;
    const event = eventIn(String(record['raw']));
    if (recorded.has(event)) return `an event stands twice in the trail, the second time at ${seq} in ${chain}: ${event.slice(0, 200)}`;
    recorded.add(event);
    return undefined;
  }
  return {
    onCall({ action, input }) {
      const found = readMoved();
      if (action === 'PutItem' && input['TableName'] === 'team-audit-heads') moved = (input['Item'] as { pk: { S: string } }).pk.S;
      return found;
    },
    async atRest() {
      const found = readMoved();
      // What the audit service tells of its records is no record itself.
      const toRecord = seen.events.filter(({ source, detailType }) => source !== 'team.audit' || detailType !== 'AuditRecorded.v1');
      const published = new Map(toRecord.map((event) => [identityOf(event), event]));
      const onRecord = new Map<string, number>();
      for (const { raw } of tables.items('audit', 'records')) {
        const event = eventIn(String(raw));
        onRecord.set(event, (onRecord.get(event) ?? 0) + 1);
      }
      const missing = [...published].flatMap(([event, { source, detailType, detail }]) => {
        if (recorded.has(event)) return [];
        const where = onRecord.has(event) ? 'on record and in no chain' : 'not on record';
        return [`${detailType} ${String(detail.metadata['eventId'])} of ${source} was on the bus and is ${where}`];
      });
      const surplus = [...onRecord].flatMap(([event, times]) => {
        if (!published.has(event)) return [`something is on record that never was on the bus: ${event.slice(0, 200)}`];
        return times > 1 ? [`an event is on record ${times} times: ${event.slice(0, 200)}`] : [];
      });
      return [...(found === undefined ? [] : [found]), ...missing, ...surplus, ...(await problemsOfTrail(seen, published.size))];
    },
  };
};

/** What an event is, wherever it is met; the bus's own id and time are its delivery's. */
const identityOf = ({ source, account, detailType, detail }: Omit<SeenEvent, 'time'>): string =>
  JSON.stringify([source, account, detailType, detail]);

function eventIn(raw: string): string {
  const { source, account, 'detail-type': detailType, detail } = JSON.parse(raw) as Omit<SeenEvent, 'time'> & { 'detail-type': string };
  return identityOf({ source, account, detailType, detail });
}

async function problemsOfTrail(seen: Seen, expected: number): Promise<string[]> {
  const problems: string[] = [];
  let records = 0;
  for (let after: string | undefined; ; ) {
    const question = { op: 'verify', ...(after === undefined ? {} : { after }) };
    const answer = (await seen.ask('team-audit-query', question)) as VerifyAnswer | undefined;
    if (answer === undefined) return [...problems, 'the audit service does not answer'];
    records += answer.records;
    problems.push(...answer.problems.map(({ message }) => `the audit service finds: ${message}`));
    if (answer.waiting > 0) problems.push(`${answer.waiting} records have no place in a chain yet`);
    if (answer.next === undefined) break;
    after = answer.next;
  }
  if (records === expected) return problems;
  return [...problems, `the audit service verified ${records} records, and ${expected} events were on the bus`];
}
