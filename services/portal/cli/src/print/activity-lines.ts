import type { ActivityCall } from '@team/contracts';
import type { GrantDetail } from '../../../api/src/contract/index.ts';
import { counted, moment } from './printable.ts';
import { whyLine } from './why-line.ts';

/** What was collected of a grant, as trail and portal tell it. */
export type Collected = Omit<NonNullable<GrantDetail['activity']>, 'services'>;

const uses = {
  unused: 'not used at all',
  only_reads: 'only reads',
  used: 'used',
  after_removal: 'USED AFTER REMOVAL, with credentials issued before',
  unknown: 'not known whether it was used',
} as const;

/** What was collected of a grant, for people. */
export function activityLines({ reads, writes, errors, afterRemoval, state, use = 'unknown', reason, collection, collections, collectedAt }: Collected): string[] {
  const which = collection === undefined || collections === undefined ? '' : `, ${collection} of ${collections}`;
  const counts = [counted(reads, 'read'), counted(writes, 'write'), counted(errors, 'error'), ...(afterRemoval > 0 ? [`${afterRemoval} after removal`] : [])];
  const found = state === 'missing' && reads + writes === 0 ? 'could not be read' : `${uses[use]}: ${counts.join(', ')}`;
  return [`activity ${found} (${state}${which}, at ${moment(collectedAt)})`, ...(reason === undefined ? [] : [`  ${whyLine(reason)}`])];
}

/** One call, for people: when, to whom, what, and how it went. */
export function callLine({ at, service, action, readOnly, errorCode, region, sourceIp }: ActivityCall, removedAt: string | undefined): string {
  const late = removedAt !== undefined && Date.parse(at) > Date.parse(removedAt) ? '  AFTER REMOVAL' : '';
  const where = [region, sourceIp].filter((part) => part !== undefined).join(' from ');
  return `${moment(at)}  ${readOnly ? 'read ' : 'write'}  ${service} ${action}${errorCode === undefined ? '' : `  ${errorCode}`}${where === '' ? '' : `  (${where})`}${late}`;
}
