import { told, type Data, type Told } from './ocsf-facts.ts';

/** Version of the schema that events are told in. https://schema.ocsf.io/1.8.0 */
export const schemaVersion = '1.8.0';
/** Version of this mapping: another one says something else of the same event. */
export const mapper = 'team-ocsf/1';

/** Classes of the category Identity & Access Management (3). https://schema.ocsf.io/1.8.0/categories/iam */
const classes = { user_access: 3005, entity_management: 3004 } as const;
const category = 3;

/** A fact of one of the services, as it was recorded. */
export interface RecordedFact {
  readonly eventId: string;
  readonly detailType: string;
  readonly source: string;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly requestId?: string | undefined;
  readonly data: Data;
  /** Place in the trail. */
  readonly chain: string;
  readonly seq: number;
  /** Account in which TEAM runs. */
  readonly account: string;
}

/** An object of OCSF: what a SIEM takes. */
export type Ocsf = Readonly<Record<string, unknown>>;

/**
 * A fact in the words of OCSF; undefined for what only moves a request on, which says nothing that another fact does not. No secrets, and
 * nothing that people wrote but where OCSF has a place for a comment.
 */
export function toOcsf(fact: RecordedFact): Ocsf | undefined {
  const said = told(fact.detailType, fact.data);
  if (said === undefined) return undefined;
  const classUid = classes[said.class];
  return {
    activity_id: said.activity,
    category_uid: category,
    class_uid: classUid,
    type_uid: classUid * 100 + said.activity,
    severity_id: said.severity,
    time: Date.parse(fact.occurredAt),
    message: said.message.slice(0, 500),
    metadata: metadataOf(fact),
    ...outcomeOf(said),
    ...said.more,
  };
}

function outcomeOf({ failure, status }: Told): Ocsf {
  const code = failure === undefined ? {} : { status_code: failure.code, status_detail: failure.message };
  return { status_id: status ?? (failure === undefined ? 1 : 2), ...code };
}

function metadataOf({ eventId, detailType, source, occurredAt, requestId, account, chain, seq }: RecordedFact): Ocsf {
  return {
    version: schemaVersion,
    product: { name: 'TEAM', vendor_name: 'TEAM', uid: source },
    uid: `${eventId}#${mapper}`,
    original_event_uid: eventId,
    original_time: occurredAt,
    event_code: detailType,
    log_name: chain,
    sequence: seq,
    tenant_uid: account,
    ...(requestId === undefined ? {} : { correlation_uid: requestId }),
  };
}
