import { usualParts } from '@team/audit/compose';
import { auditWith, type Bug } from './bug.ts';
import { sendingThrough } from './calls.ts';

/** What could be wrong with the trail. */
export const auditBugs: readonly Bug[] = [
  {
    name: 'the SIEM told after the place',
    breaks: 'a crash between the place of a record and telling of it leaves it untold',
    rules: ['siemIsTold'],
    base: 6100001,
    composers: auditWith({
      appendRecord(trail, digest, putOff, tell) {
        const untold = usualParts.appendRecord(trail, digest, putOff, async () => undefined);
        return async (record) => {
          const before = await trail.record(record.key);
          await untold(record);
          const stored = await trail.record(record.key);
          // Who finds it placed takes it for told.
          if (before?.place === undefined && stored?.place !== undefined) await tell(stored, stored.place);
        };
      },
    }),
  },
  {
    name: 'append, then mark',
    breaks: 'a crash between the end of the chain and the mark on the record appends the record a second time',
    rules: ['recordedOnce'],
    base: 6100006,
    composers: auditWith({
      createRecordsTable(client, tables, clock) {
        const trail = usualParts.createRecordsTable(client, tables, clock);
        return {
          ...trail,
          async record(key) {
            const found = await trail.record(key);
            if (found === undefined) return undefined;
            const { place: _unread, ...record } = found;
            return record;
          },
        };
      },
    }),
  },
  {
    name: 'record written over',
    breaks: 'an event that comes again is written over its record, which loses its place in the chain',
    rules: ['recordedOnce'],
    base: 6100001,
    composers: auditWith({
      createRecordsTable(client, tables, clock) {
        const careless = sendingThrough(client, ({ input }, next) => {
          const { ConditionExpression, ...rest } = input;
          return next(input['TableName'] === tables.records && ConditionExpression === 'attribute_not_exists(pk)' ? rest : input);
        });
        return usualParts.createRecordsTable(careless, tables, clock);
      },
    }),
  },
];
