import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Popover from '@cloudscape-design/components/popover';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactElement } from 'react';
import type { GrantDetail } from '../../../../api/src/contract/index.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { EndRequest } from '../../parts/end-request.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';

const columns: readonly TableProps.ColumnDefinition<GrantDetail>[] = [
  { id: 'access', header: 'Access', isRowHeader: true, minWidth: 200, cell: ({ accountName, accountId, permissionSetName }) => <><span className="words">{permissionSetName} in {accountName}</span><Box color="text-body-secondary" fontSize="body-s">{accountId}</Box></> },
  {
    id: 'status', header: 'Status', minWidth: 160,
    cell: ({ status, reason, by, overdue }) => (
      <>
        <Status status={status} />
        {overdue && <Box color="text-status-error">Removal is late</Box>}
        {reason && <Box color="text-body-secondary"><span className="words">{reason.message}</span></Box>}
        {by && <Box color="text-body-secondary"><span className="words">by {by.name}</span></Box>}
      </>
    ),
  },
  { id: 'granted', header: 'There since', minWidth: 190, cell: ({ grantedAt }) => (grantedAt === undefined ? '–' : <Time at={grantedAt} seconds />) },
  {
    id: 'end', header: 'End', minWidth: 190,
    cell: ({ status, endsAt, endedAt, removedAt }) => {
      if (removedAt !== undefined) return <>removed <Time at={removedAt} seconds /></>;
      if (endedAt !== undefined) return <>ended <Time at={endedAt} seconds /></>;
      if (endsAt === undefined) return '–';
      return status === 'active' ? <>in <Countdown until={endsAt} /></> : <Time at={endsAt} seconds />;
    },
  },
  {
    id: 'useless', minWidth: 190,
    header: 'Credentials useless by',
    cell: ({ credentialsUselessBy }) => (credentialsUselessBy === undefined ? '–' : <Popover header="Why later than the end" content="A session that began just before the end lasts as long as its permission set says. Nothing can be opened anew.">{<Time at={credentialsUselessBy} />}</Popover>),
  },
  {
    id: 'activity', header: 'What was done', minWidth: 180,
    cell: ({ activity }) =>
      activity ? (
        <>
          {activity.reads} read, {activity.writes} written, {activity.errors} refused
          {activity.afterRemoval > 0 && <Box color="text-status-warning">{activity.afterRemoval} after the removal</Box>}
          <Box color="text-body-secondary"><span className="words">{activity.services.join(', ')}{activity.state === 'complete' ? '' : ` (${activity.state})`}</span></Box>
        </>
      ) : '–',
  },
];

interface GrantsProps {
  readonly requestId: string;
  readonly grants: readonly GrantDetail[];
  /** How the caller may end one of them: their own access, or somebody else's. Undefined: they may not. */
  readonly ending: 'end' | 'revoke' | undefined;
}

/** Each permission set in each account, with a life of its own, that can be ended by itself where there are several. */
export function Grants({ requestId, grants, ending }: GrantsProps): ReactElement {
  const single: TableProps.ColumnDefinition<GrantDetail> = {
    id: 'actions', header: 'End this one', minWidth: 130,
    cell: ({ grantId, status, accountName, permissionSetName }) =>
      ending !== undefined && status === 'active' ? <EndRequest requestId={requestId} grantIds={[grantId]} about={`${permissionSetName} in ${accountName}`} kind={ending} variant="inline-link" /> : '–',
  };
  const shown = ending !== undefined && grants.length > 1 ? [...columns.slice(0, 1), single, ...columns.slice(1)] : columns;
  return <Table items={grants} trackBy="grantId" columnDefinitions={shown} wrapLines enableKeyboardNavigation ariaLabels={{ tableLabel: 'Grants' }} header={<Header variant="h2" counter={`(${grants.length})`}>Grants</Header>} />;
}
