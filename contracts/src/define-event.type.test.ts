import * as z from 'zod';
import { accessRequestedV1, type AccessRequestedV1 } from './intents/access-requested.v1.ts';
import { defineFact, type DataOf } from './define-event.ts';

declare const requested: AccessRequestedV1;

const requester: string = requested.requester;
const startAt: string | undefined = requested.startAt;
const parsed: AccessRequestedV1 = accessRequestedV1.parse({}).data;
const sameType: DataOf<typeof accessRequestedV1> = parsed;

// @ts-expect-error an optional field may be missing
const start: string = requested.startAt;
// @ts-expect-error a field that the contract does not declare
const undeclared: unknown = requested.approvers;
// @ts-expect-error what a consumer was handed is read-only at the top
accessRequestedV1.parse({}).data = requested;
// @ts-expect-error a detail-type ends in its major
defineFact('team.audit', { detailType: 'ThingDone', summary: '', data: z.object({}) });
// @ts-expect-error only TEAM's own services publish facts
defineFact('com.example', { detailType: 'ThingDone.v1', summary: '', data: z.object({}) });
