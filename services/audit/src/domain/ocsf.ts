import { told } from './ocsf-facts.ts';
import { activityNames, type Data, type Told } from './ocsf-told.ts';
import { unjudged } from './ocsf-unjudged.ts';

/** Version of the schema that events are told in. https://schema.ocsf.io/1.8.0 */
export const schemaVersion = '1.8.0';
/** Version of this mapping: another one says something else of the same event. */
export const mapper = 'team-ocsf/2';

/** Classes of the category Identity & Access Management (3). https://schema.ocsf.io/1.8.0/categories/iam */
const classes = {
  user_access: { uid: 3005, name: 'User Access Management' },
  entity_management: { uid: 3004, name: 'Entity Management' },
} as const;
const category = { category_uid: 3, category_name: 'Identity & Access Management' } as const;
const severities = { 1: 'Informational', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'Critical' } as const;

/** An event of the trail, at its place. */
export interface RecordedEvent {
  readonly eventId: string;
  readonly detailType: string;
  readonly source: string;
  /** Account from which the bus had it. */
  readonly account: string;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly requestId?: string | undefined;
  readonly data: Data;
  /** Place in the trail. */
  readonly chain: string;
  readonly seq: number;
  /** Account in which TEAM runs. */
  readonly ownAccount: string;
}

/** An object of OCSF: what a SIEM takes. */
export type Ocsf = Readonly<Record<string, unknown>>;

/** Sources of facts: what they say, and nobody else, is told as something that happened. */
const services = new Set(['team.request', 'team.approval', 'team.expiry', 'team.provisioning', 'team.audit']);

/** Whether it is one of TEAM's own services that says so: the bus lets nobody else speak under their sources. */
export const isOwnFact = ({ source, account, ownAccount }: Pick<RecordedEvent, 'source' | 'account' | 'ownAccount'>): boolean => account === ownAccount && services.has(source);

/**
 * A record in the words of OCSF; of every record, so that a place of which nobody heard shows a loss. No secrets, and nothing that people
 * wrote but where OCSF has a place for a comment.
 */
export function toOcsf(event: RecordedEvent): Ocsf {
  const ownFact = isOwnFact(event);
  const said = (ownFact ? told(event.detailType, event.data) : undefined) ?? unjudged(event, ownFact);
  const { uid, name } = classes[said.class];
  const activity = activityName(said);
  return {
    activity_id: said.activity,
    activity_name: activity,
    ...category,
    class_uid: uid,
    class_name: name,
    type_uid: uid * 100 + said.activity,
    type_name: `${name}: ${said.activity === 99 ? 'Other' : activity}`,
    severity_id: said.severity,
    severity: severities[said.severity],
    time: Date.parse(event.occurredAt),
    message: said.message.slice(0, 500),
    metadata: metadataOf(event),
    ...outcomeOf(said),
    ...said.more,
  };
}

function activityName({ class: ofClass, activity }: Told): string {
  const names: Readonly<Record<number, string>> = activityNames[ofClass];
  return names[activity] ?? 'Unknown';
}

function outcomeOf({ failure, status }: Told): Ocsf {
  if (failure !== undefined) return { status_id: 2, status: 'Failure', status_code: failure.code, status_detail: failure.message.slice(0, 500) };
  return status === undefined ? { status_id: 1, status: 'Success' } : { status_id: 99, status };
}

function metadataOf({ eventId, detailType, source, occurredAt, recordedAt, requestId, ownAccount, chain, seq }: RecordedEvent): Ocsf {
  return {
    version: schemaVersion,
    product: { name: 'TEAM', vendor_name: 'TEAM', uid: services.has(source) ? source : 'team.audit' },
    uid: `${eventId}#${mapper}`,
    original_event_uid: eventId,
    original_time: occurredAt,
    logged_time: Date.parse(recordedAt),
    event_code: detailType,
    source,
    log_name: chain,
    sequence: seq,
    tenant_uid: ownAccount,
    ...(requestId === undefined ? {} : { correlation_uid: requestId }),
  };
}
