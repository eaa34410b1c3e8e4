import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactElement } from 'react';
import type { Status as StatusName } from '../../../api/src/contract/index.ts';

const looks: Readonly<Record<StatusName, [type: StatusIndicatorProps.Type, words: string]>> = {
  pending: ['pending', 'Waits for approval'],
  rejected: ['error', 'Not allowed'],
  denied: ['error', 'Denied'],
  cancelled: ['stopped', 'Taken back'],
  'approval-expired': ['warning', 'Nobody decided'],
  scheduled: ['pending', 'Scheduled'],
  activating: ['in-progress', 'Being granted'],
  active: ['success', 'Active'],
  ending: ['in-progress', 'Being removed'],
  ended: ['stopped', 'Ended'],
  revoked: ['stopped', 'Revoked'],
  failed: ['error', 'Failed'],
};

/** What a status is called. */
export function statusWords(status: StatusName): string {
  return looks[status][1];
}

export function Status({ status }: { status: StatusName }): ReactElement {
  const [type, words] = looks[status];
  return <StatusIndicator type={type} wrapText={false}>{words}</StatusIndicator>;
}
