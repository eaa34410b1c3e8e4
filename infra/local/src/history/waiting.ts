import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { accessRequestedV1 } from '@team/contracts';
import { manifest as portal } from '@team/portal/manifest';
import { toTimestamp } from '@team/runtime';
import type { System } from '../system/create-system.ts';
import { busName } from '../system/who.ts';
import type { Cast, Person } from './cast.ts';

/** The door of the portal through which people ask. */
const door = portal.functions.api.emits;

interface Waiting {
  readonly who: Person | undefined;
  readonly accounts: readonly string[];
  readonly permissionSet: string;
  readonly durationMinutes: number;
  readonly justification: string;
  readonly ticket?: string;
}

/** What somebody is to find who opens the portal to approve: for one stage and for two, in one account and in several. */
const waitingOf = ({ developers, engineers, production }: Cast): readonly Waiting[] => [
  { who: developers[3], accounts: production.slice(0, 1), permissionSet: 'ReadOnlyAccess', durationMinutes: 60, justification: 'a customer is charged twice; read the log of the gateway' },
  { who: engineers[1], accounts: production.slice(1, 3), permissionSet: 'PowerUserAccess', durationMinutes: 120, justification: 'replace the hosts that still use the old certificate', ticket: 'OPS-5012' },
  { who: engineers[2], accounts: production.slice(0, 1), permissionSet: 'AdministratorAccess', durationMinutes: 30, justification: 'raise the quota of connections before the sale begins', ticket: 'OPS-5014' },
];

/** People ask through the portal, now, and wait for somebody to approve. Rejects where the bus does not take all of it. */
export async function askNow(system: Pick<System, 'clients'>, cast: Cast, now: number, newId: () => string): Promise<void> {
  const Entries = waitingOf(cast).flatMap(({ who, accounts, permissionSet, durationMinutes, justification, ticket }) => {
    if (who === undefined) return [];
    const requestId = newId();
    const metadata = { eventId: newId(), occurredAt: toTimestamp(now), requestId };
    const targets = accounts.map((accountId) => ({ accountId, permissionSetName: permissionSet }));
    const data = { requestId, requester: who.userName, targets, durationMinutes, justification, ...(ticket === undefined ? {} : { ticket: { id: ticket } }) };
    return [{ EventBusName: busName, Source: door.source, DetailType: accessRequestedV1.detailType, Detail: JSON.stringify({ metadata, data }) }];
  });
  const answer = await system.clients(door.name).eventBridge.send(new PutEventsCommand({ Entries }));
  const [refused] = (answer.Entries ?? []).filter(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused !== undefined) throw new Error(`${refused.ErrorCode}: ${refused.ErrorMessage ?? ''}`);
}
