import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactElement } from 'react';
import type { Status as StatusName } from '../../../api/src/contract/index.ts';

/** In the order of a request's life. */
const looks: Readonly<Record<StatusName, [type: StatusIndicatorProps.Type, words: string]>> = {
  pending: ['pending', 'Waits for approval'],
  scheduled: ['pending', 'Scheduled'],
  activating: ['in-progress', 'Being granted'],
  active: ['success', 'Active'],
  ending: ['in-progress', 'Being removed'],
  ended: ['stopped', 'Ended'],
  revoked: ['stopped', 'Revoked'],
  cancelled: ['stopped', 'Taken back'],
  denied: ['error', 'Denied'],
  rejected: ['error', 'Not allowed'],
  'approval-expired': ['warning', 'Nobody decided'],
  failed: ['error', 'Failed'],
};

/** Every status, in that order. */
export const statuses = Object.keys(looks).filter(isStatus);

function isStatus(value: string): value is StatusName {
  return Object.hasOwn(looks, value);
}

/** A status that came from elsewhere, as the address of a page; nothing where it is none. */
export function asStatus(value: string | null | undefined): StatusName | undefined {
  return value !== null && value !== undefined && isStatus(value) ? value : undefined;
}

/** What a status is called. */
export function statusWords(status: StatusName): string {
  return looks[status][1];
}

export function Status({ status }: { status: StatusName }): ReactElement {
  const [type, words] = looks[status];
  return <StatusIndicator type={type} wrapText={false}>{words}</StatusIndicator>;
}
