import { isFinal, type GrantStatus } from '@team/contracts/request-status';
import type { RequestStory, Why } from '../../../story/src/request-story.ts';
import { moment, printable } from './printable.ts';
import { whyLine } from './why-line.ts';

/** How a request stands, whoever tells it: the audit trail or the portal. */
export interface Outcome {
  readonly status: RequestStory['status'];
  readonly reasons: readonly Why[];
  readonly grants: readonly {
    readonly status: GrantStatus | RequestStory['status'];
    readonly accountId?: string | undefined;
    readonly accountName: string;
    readonly permissionSetName: string;
    /** ISO 8601 */
    readonly endsAt?: string | undefined;
    readonly reason?: Why | undefined;
  }[];
}

/** Whether nothing more comes by itself: every grant is there or over, or there never will be one. */
export function isSettled({ status, grants }: Outcome): boolean {
  return isFinal(status) || (grants.some(isActive) && grants.every((grant) => isActive(grant) || isFinal(grant.status)));
}

/** Whether all that was asked for is there. */
export const isThere = ({ grants }: Outcome): boolean => grants.length > 0 && grants.every(isActive);

const isActive = ({ status }: Outcome['grants'][number]): boolean => status === 'active';

/** `ReadOnlyAccess in Prod 002 (624177419051)` */
export const targetText = ({ permissionSetName, accountName, accountId }: { readonly permissionSetName: string; readonly accountName: string; readonly accountId?: string | undefined }): string =>
  printable(`${permissionSetName} in ${accountName}${accountId === undefined || accountId === accountName ? '' : ` (${accountId})`}`);

/** How it stands, for who asked. */
export function outcomeLines({ status, reasons, grants }: Outcome): string[] {
  const why = [...reasons.map(whyLine), ...grants.flatMap((grant) => (grant.reason === undefined ? [] : [whyLine({ ...grant.reason, about: targetText(grant) })]))].map((line) => `  ${line}`);
  if (isFinal(status)) return [`The request is over: ${status}.`, ...why];
  const there = grants.filter(isActive);
  if (there.length === 0) return [status === 'pending' ? 'It waits for approval.' : `It is ${status}.`];
  return [...there.map((grant) => `The access is there: ${targetText(grant)}${grant.endsAt === undefined ? '' : `, until ${moment(grant.endsAt)}`}.`), ...why];
}
