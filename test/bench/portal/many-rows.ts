import { resourceNames } from '@team/runtime';
import { readModelTables } from '../../../services/portal/api/src/adapters/read-model-tables.ts';
import { listsOf, viewOf } from '../../../services/portal/api/src/domain/view.ts';
import { lifeOf } from '../../audit/lives.ts';
import type { PortalWorld } from './world.ts';

const table = (name: string): string => resourceNames.table('team', 'portal', name);

/** Fills the read model with rows of requests that are over, each as the read model itself would have written it; the newest a second old. */
export async function fillWith(count: number, { system, people, organization }: PortalWorld, progress: (done: number) => void): Promise<void> {
  const { documents } = system.clients('team.portal');
  const store = readModelTables(documents, { events: table('events'), requests: table('requests'), lists: table('lists') });
  const accounts = organization.Accounts;
  const { requestId, events } = lifeOf(1, { people: 1, accounts: 1, permissionSets: 1 });
  const told = events.map((event) => ({ chain: `request#${requestId}`, recordedAt: event.time, time: event.time, source: event.source, detailType: event['detail-type'], account: event.account, eventId: event.id, detail: event.detail }));
  const example = viewOf(requestId, told, events[0]?.account ?? '');
  if (example === undefined) throw new Error('nothing is told of a life');
  const now = Date.now();
  for (let n = 0; n < count; n += 1) {
    const [person, account] = [people[n % people.length], accounts[n % accounts.length]];
    if (person === undefined || account === undefined) throw new Error('the organization is empty');
    const id = `0190${n.toString(16).padStart(4, '0').slice(-4)}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
    const askedAt = new Date(now - (n + 1) * 1_000).toISOString();
    const row = { ...example.row, requestId: id, askedAt, requester: { userId: person.UserId, userName: person.UserName }, targets: [{ accountId: account.Id, accountName: account.Name, permissionSetName: 'ReadOnlyAccess' }] };
    const [lists, place] = [listsOf({ ...example, row, ownIds: [person.UserId] }), `${askedAt}#${id}`];
    await store.addEntries(lists.map((list) => ({ list, place })), id, 1);
    await store.putRow(id, { row, place, lists, left: [], version: 1 });
    if (n % 10_000 === 0) progress(n);
  }
}
