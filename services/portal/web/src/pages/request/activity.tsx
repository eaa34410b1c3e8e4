import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { GrantDetail, RequestActivity } from '../../../../api/src/contract/index.ts';
import { useActivity } from '../../api/trail.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Time } from '../../parts/time.tsx';

type Call = RequestActivity['items'][number];

/** What was done under the grants, call by call. It is read when somebody opens it. */
export function Activity({ requestId, grants }: { requestId: string; grants: readonly GrantDetail[] }): ReactElement {
  const [opened, setOpened] = useState(false);
  return (
    <ExpandableSection variant="container" headerText="Session activity" headerDescription="Calls to AWS as CloudTrail recorded them." expanded={opened} onChange={({ detail }) => setOpened(detail.expanded)}>
      {opened && <Calls requestId={requestId} grants={grants} />}
    </ExpandableSection>
  );
}

function Calls({ requestId, grants }: { requestId: string; grants: readonly GrantDetail[] }): ReactElement {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useActivity(requestId);
  const calls = data?.pages.flatMap(({ items }) => items) ?? [];
  const names = new Map(grants.map(({ grantId, permissionSetName, accountName }) => [grantId, `${permissionSetName} in ${accountName}`]));
  return (
    <SpaceBetween size="s">
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      <Table
        variant="embedded"
        items={calls}
        trackBy="eventId"
        columnDefinitions={columnsWith(names)}
        loading={isPending}
        loadingText="Loading calls"
        wrapLines
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Session activity' }}
        empty={<NothingHere title="No calls are known">CloudTrail tells of calls some minutes after they were made; they are collected when the access is over.</NothingHere>}
        footer={hasNextPage && <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>Load more</Button>}
      />
    </SpaceBetween>
  );
}

const columnsWith = (names: ReadonlyMap<string, string>): readonly TableProps.ColumnDefinition<Call>[] => [
  { id: 'at', header: 'When', minWidth: 190, cell: ({ at }) => <Time at={at} seconds /> },
  { id: 'call', header: 'Call', isRowHeader: true, minWidth: 220, cell: ({ service, action }) => <span className="words">{service.replace('.amazonaws.com', '')}: {action}</span> },
  { id: 'kind', header: 'Kind', minWidth: 90, cell: ({ readOnly }) => (readOnly ? 'read' : 'write') },
  { id: 'error', header: 'Refused with', minWidth: 160, cell: ({ errorCode }) => <span className="words">{errorCode ?? '–'}</span> },
  { id: 'from', header: 'From', minWidth: 160, cell: ({ sourceIp, region }) => <span className="words">{[sourceIp, region].filter((one) => one !== undefined).join(', ') || '–'}</span> },
  { id: 'under', header: 'Under', minWidth: 200, cell: ({ grantId }) => <span className="words">{names.get(grantId) ?? grantId}</span> },
];
