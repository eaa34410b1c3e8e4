import type { JsonObject } from '../cloud/json.ts';
import { onNothing, place, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

const store = (about: string, { organization }: Ground): Need[] => [{ resource: `arn:aws:cloudtrail:${organization.Region}:${about}` }];
/** The store stands in the statement; the account is the caller's where none is given. */
const starting = (input: JsonObject, ground: Ground): Need[] => {
  const { EventDataStoreOwnerAccountId: given } = input;
  const owner = typeof given === 'string' ? given : ground.organization.DelegatedAdministratorAccountId;
  return store(`${owner}:eventdatastore/${/ FROM (\S+)/.exec(textIn(input, 'QueryStatement'))?.[1] ?? ''}`, ground);
};
const asked = (input: JsonObject, ground: Ground): Need[] => store(ground.queried?.(textIn(input, 'QueryId')) ?? `${ground.organization.DelegatedAdministratorAccountId}:eventdatastore/unknown`, ground);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html */
export const cloudTrail: ServiceReference = {
  prefix: 'cloudtrail',
  actions: { LookupEvents: onNothing, StartQuery: starting, DescribeQuery: asked, GetQueryResults: asked },
};

const workgroup = (name: string, ground: Ground): Need[] => [{ resource: `arn:aws:athena:${place(ground)}:workgroup/${name}` }];
const ofQuery = (input: JsonObject, ground: Ground): Need[] => workgroup(ground.queried?.(textIn(input, 'QueryExecutionId')) ?? 'unknown', ground);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html */
export const athena: ServiceReference = {
  prefix: 'athena',
  actions: {
    StartQueryExecution: ({ WorkGroup }, ground) => workgroup(typeof WorkGroup === 'string' ? WorkGroup : 'primary', ground),
    GetQueryExecution: ofQuery,
    GetQueryResults: ofQuery,
  },
};
