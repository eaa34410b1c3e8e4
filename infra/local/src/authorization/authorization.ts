import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import type { Organization } from '../identity/index.ts';

/** One question that AWS asks IAM about a call: may this caller do this to this. All that a call brings up must be answered yes. */
export interface Authorization {
  /** As policies name it: `dynamodb:Query`. */
  readonly action: string;
  /** An ARN; `*` where the action knows no resources. */
  readonly resource: string;
  /** Account whose resource it is. A caller of another account needs a yes of both. */
  readonly owner: string;
  /** Condition keys and their values. A key that is not here does not exist for policies. */
  readonly context: Context;
}

export type Context = Readonly<Record<string, string | readonly string[]>>;

/** What turns names in calls into ARNs. */
export interface Ground {
  readonly organization: Organization;
  /** A KMS key by id, ARN, alias or alias ARN. Throws `NotFoundException`. */
  readonly keyNamed: (name: string) => { readonly arn: string; readonly alias: string };
  /** What a query is about, by its id: the workgroup of one of Athena, account and event data store of one of CloudTrail Lake. */
  readonly queried?: ((queryId: string) => string | undefined) | undefined;
}

/** What one action of a call is about; the action's own name where none is given, `*` where no resource is. */
export interface Need {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Context;
}

/** A service's page of the service authorization reference, for the actions that its stand-in has. */
export interface ServiceReference {
  /** What stands before the colon of its actions. */
  readonly prefix: string;
  readonly actions: Readonly<Record<string, (input: JsonObject, ground: Ground) => readonly Need[]>>;
  /** Identity Center and Organizations belong to the management account, whose delegated administrator needs no yes of it to each call. */
  readonly owner?: 'caller';
}

/** Actions without resources. */
export const onNothing = (): readonly Need[] => [{}];

/** A member that must be text. Throws `ValidationException`, as the service would: nothing can be authorized that names nothing. */
export function textIn(input: JsonObject, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `The parameter '${member}' is required but was not present in the request`);
}

/** The objects in a member that is a list. */
export function objectsIn(input: JsonObject, member: string): JsonObject[] {
  const value = input[member];
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) {
    throw new AwsError('ValidationException', `The parameter '${member}' must be a list of objects`);
  }
  return value;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Account and Region in which TEAM runs, as they stand in ARNs: `eu-central-1:111122223333`. */
export const place = ({ organization }: Ground): string => `${organization.Region}:${organization.DelegatedAdministratorAccountId}`;
