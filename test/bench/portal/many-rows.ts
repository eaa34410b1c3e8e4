import { resourceNames } from '@team/runtime';
import { readModelTables } from '../../../services/portal/api/src/adapters/read-model-tables.ts';
import type { RequestRow } from '../../../services/portal/api/src/contract/index.ts';
import { listsOf, viewOf } from '../../../services/portal/api/src/domain/view.ts';
import { lifeOf } from '../../audit/lives.ts';
import type { PortalWorld } from './world.ts';

const table = (name: string): string => resourceNames.table('team', 'portal', name);

/** Of twenty requests so many have another status than `ended`, which the rest has. */
const others: readonly RequestRow['status'][] = ['pending', 'active', 'denied', 'denied'];

/**
 * Fills the read model with rows of requests, each as the read model itself would have written it; the newest a second old. One in twenty
 * waits for everybody's decision, one is active, and everybody may end it; every one was asked of everybody, and the next person decided.
 */
export async function fillWith(count: number, { system, people, organization, everybody }: PortalWorld, progress: (done: number) => void): Promise<void> {
  const { documents } = system.clients('team.portal');
  const store = readModelTables(documents, { events: table('events'), requests: table('requests'), lists: table('lists') });
  const accounts = organization.Accounts;
  const { requestId, events } = lifeOf(1, { people: 1, accounts: 1, permissionSets: 1 });
  const told = events.map((event) => ({ chain: `request#${requestId}`, recordedAt: event.time, time: event.time, source: event.source, detailType: event['detail-type'], account: event.account, eventId: event.id, detail: event.detail }));
  const example = viewOf(requestId, told, events[0]?.account ?? '');
  if (example === undefined) throw new Error('nothing is told of a life');
  const [all, nobody] = [{ groupIds: [everybody], userIds: [] }, { groupIds: [], userIds: [] }];
  const now = Date.now();
  for (let n = 0; n < count; n += 1) {
    const [person, decider, account] = [people[n % people.length], people[(n + 1) % people.length], accounts[n % accounts.length]];
    if (person === undefined || decider === undefined || account === undefined) throw new Error('the organization is empty');
    const id = `0190${n.toString(16).padStart(4, '0').slice(-4)}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
    const askedAt = new Date(now - (n + 1) * 1_000).toISOString();
    const status = others[n % 20] ?? 'ended';
    const row = { ...example.row, status, requestId: id, askedAt, requester: { userId: person.UserId, userName: person.UserName }, targets: [{ accountId: account.Id, accountName: account.Name, permissionSetName: 'ReadOnlyAccess' }] };
    const ownIds = [person.UserId];
    const openStages = status === 'pending' ? [{ approvers: all, counted: [] }] : [];
    const deciderIds = status === 'pending' ? [] : [decider.UserId];
    const [lists, place] = [listsOf({ ...example, row, ownIds, openStages, waitsFor: status === 'pending' ? all : nobody, wasAsked: all, revocableBy: all, deciderIds }), `${askedAt}#${id}`];
    await store.addEntries(lists.map((list) => ({ list, place })), id, 1);
    await store.putRow(id, { row, place, lists, left: [], version: 1, ownIds, openStages });
    if (n % 10_000 === 0) progress(n);
  }
}
