/** What an event says, as it came: whatever is there. */
export type Data = Readonly<Record<string, unknown>>;

/** What there is to tell of an event, in the words of OCSF 1.8. */
export interface Told {
  readonly class: 'user_access' | 'entity_management';
  readonly activity: keyof typeof activityNames.entity_management;
  /** 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly message: string;
  /** Why it failed. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
  /** 1 success and 2 failure follow from that; what is neither says in two words what it is. */
  readonly status?: string;
  readonly more: Data;
}

/** https://schema.ocsf.io/1.8.0/classes/user_access and …/entity_management: what `activity_id` means; of `user_access` 1 and 2 alone. */
export const assign = 1;
export const revoke = 2;
export const create = 1;
export const read = 2;
export const update = 3;
export const remove = 4;
export const activate = 10;
export const deactivate = 11;
export const other = 99;

/** Captions of the activities, as the schema has them. */
export const activityNames = {
  user_access: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
  entity_management: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 10: 'Activate', 11: 'Deactivate', 99: 'Record' },
} as const;

/** Who did it, and what a person wrote about why, where OCSF has a place for it. */
export interface Said {
  readonly who?: Data | undefined;
  readonly comment?: string | undefined;
}

/** Something that happened to an entity of a kind that OCSF does not list. */
export function entity(type: string, uid: string, activity: Told['activity'], severity: Told['severity'], message: string, { who, comment }: Said = {}, name = uid): Told {
  const more = { entity: { type, type_id: 99, uid, name }, ...(who === undefined ? {} : { actor: who }), ...(comment === undefined || comment === '' ? {} : { comment }) };
  return { class: 'entity_management', activity, severity, message, more };
}

/** Something that happened to a request. */
export const request = (data: Data, activity: Told['activity'], severity: Told['severity'], message: string, said?: Said): Told =>
  entity('Access Request', text(data, 'requestId') ?? 'unknown', activity, severity, message, said);

/** Something that happened to a policy, by whoever the member `by` names. */
export function policy(data: Data, kind: string, id = 'unknown', message = 'a policy was changed', by = 'changedBy'): Told {
  const { before, after, version } = data;
  const versioned = typeof version === 'number' ? { version: version.toString() } : {};
  const activity = after === undefined && by === 'changedBy' ? remove : before === undefined && by === 'changedBy' ? create : update;
  const uid = `${kind}/${id}`;
  const who = actorIn(data, by);
  return {
    class: 'entity_management',
    activity,
    severity: 3,
    message,
    more: { entity: { type: 'Policy', type_id: 5, name: id, uid, ...versioned, policy: { name: id, uid, type: kind } }, ...(who === undefined ? {} : { actor: who }) },
  };
}

/** A person's rights in an account. */
export function access(data: Data, activity: typeof assign | typeof revoke, severity: Told['severity'], message: string): Told {
  const assignment = record(data['assignment']);
  const [set, account, person] = ['permissionSetArn', 'accountId', 'principalId'].map((name) => text(assignment, name) ?? 'unknown');
  return {
    class: 'user_access',
    activity,
    severity,
    message,
    more: {
      user: { uid: person, type_id: 1, type: 'User' },
      privileges: [set],
      resources: [{ uid: account, type: 'AWS Account', role_id: 1, role: 'Target' }],
    },
  };
}

/** The same, and it came to nothing. */
export const failing = (told: Told, failure: Told['failure']): Told => ({ ...told, failure });

export const record = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {});
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function text(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

/** A person whom the Identity Store knows. */
export function personIn(data: Data, name: string): Data | undefined {
  const person = record(data[name]);
  const [uid, userName] = [text(person, 'userId'), text(person, 'userName')];
  return uid === undefined ? undefined : { user: { uid, name: userName ?? uid, type_id: 1, type: 'User' } };
}

/** Whoever caused it: a person, an emitter or a service. */
export function actorIn(data: Data, name: string): Data | undefined {
  const actor = record(data[name]);
  if (actor['kind'] === 'person') return personIn(data, name);
  const system = text(actor, 'name');
  return system === undefined ? undefined : { app_name: system };
}

/** Somebody of whom there is a claim alone, which nobody has looked up: a user id or name, as an intent had it. */
export function claimedIn(data: Data, name: string): Data | undefined {
  const claimed = text(data, name);
  return claimed === undefined ? undefined : { user: { name: claimed, type_id: 0, type: 'Unknown' } };
}

export function reasonIn(data: Data): NonNullable<Told['failure']> {
  const reason = record(data['reason']);
  return { code: text(reason, 'code') ?? 'ERR_UNKNOWN', message: text(reason, 'message') ?? '' };
}

export const firstReason = (data: Data): NonNullable<Told['failure']> => reasonIn({ reason: list(data['reasons'])[0] });
