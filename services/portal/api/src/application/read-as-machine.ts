import { machineSource, type MachineClient } from '@team/contracts';
import type { ListQuestion, RequestDetail, RequestRows } from '../contract/index.ts';
import { listKey } from '../domain/list-key.ts';
import { detailOf } from './detail-of.ts';
import { hasAccess } from './involvement.ts';
import { isExtended } from './is-extended.ts';
import { isMeant } from './list-requests.ts';
import { findOwnOf, requireCapability } from './machine.ts';
import { withNames, type Naming } from './named.ts';
import type { People, RequestViews } from './ports.ts';
import { Refusal } from './refusal.ts';
import { namesOfStages, viewWithNames, withoutActivity } from './show-request.ts';

interface ReadAsMachinePorts {
  readonly people: Pick<People, 'namesOf'>;
  readonly views: RequestViews;
  readonly places: Naming;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * A page of what a machine asked for.
 *
 * @throws ERR_MACHINE_MAY_NOT, also for every other list than `mine`
 */
export async function listAsMachine(question: ListQuestion, machine: MachineClient, { views, places, now }: ReadAsMachinePorts): Promise<RequestRows> {
  requireCapability(machine, 'read');
  const { list, after, limit } = question;
  if (list !== 'mine') throw new Refusal('forbidden', 'ERR_MACHINE_MAY_NOT', 'a program reads what it asked for alone; look at list=mine');
  const { items: rows, next } = await views.page([listKey('machine', machineSource(machine.name))], { limit, keep: ({ row }) => isMeant(row, question), ...(after === undefined ? {} : { after }) });
  const items = await withNames(rows, places);
  return { items, ...(next === undefined ? {} : { next }), now: new Date(now()).toISOString() };
}

/**
 * Everything about a request that a machine asked for, but what the requester did with it, and had before.
 *
 * @throws ERR_MACHINE_MAY_NOT, ERR_REQUEST_UNKNOWN
 */
export async function showAsMachine(requestId: string, machine: MachineClient, { people, views, places, now }: ReadAsMachinePorts): Promise<RequestDetail> {
  requireCapability(machine, 'read');
  const view = await viewWithNames(await findOwnOf(requestId, machine, views), places);
  const detail = detailOf(view, await namesOfStages(view, people));
  const { capabilities = [] } = machine;
  const ends = capabilities.includes('end');
  const may = {
    decide: false,
    cancel: ends && view.row.status === 'pending',
    end: ends && hasAccess(view),
    extend: capabilities.includes('ask') && view.story.grants.some(({ status }) => status === 'active') && !(await isExtended(requestId, views)),
    review: false,
  };
  return { ...detail, ...withoutActivity(detail), may, requesterBefore: [], now: new Date(now()).toISOString() };
}
