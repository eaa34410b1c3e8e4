import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactElement, ReactNode } from 'react';
import type { RequestRow } from '../../../api/src/contract/index.ts';
import { rowsOf } from '../api/queries.ts';
import type { RequestsQuery } from '../api/queries.ts';
import type { ColumnChoice } from '../stored/columns.ts';
import { useStored } from '../stored/stored.ts';
import type { Stored } from '../stored/stored.ts';
import { NothingHere } from './nothing-here.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { columns, searchable } from './request-columns.tsx';

interface RequestsTableProps {
  readonly title: string;
  readonly query: RequestsQuery;
  readonly choices: Stored<readonly ColumnChoice[]>;
  /** What stands where there is nothing. */
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  /** Filters that the server applies, beside the text filter over what is loaded. */
  readonly filters?: ReactNode;
  readonly selection?: { readonly chosen: readonly RequestRow[]; readonly choose: (rows: readonly RequestRow[]) => void; readonly single?: boolean };
}

/** A list of requests: read page by page, kept up to date, filtered and sorted as far as it is loaded. */
export function RequestsTable({ title, query, choices, empty, actions, filters, selection }: RequestsTableProps): ReactElement {
  const rows = rowsOf(query.data);
  const [chosenColumns, chooseColumns] = useStored(choices);
  const { items, collectionProps, filterProps, filteredItemsCount, actions: filtering } = useCollection(rows, {
    filtering: {
      filteringFunction: (row, text) => searchable(row).includes(text.trim().toLowerCase()),
      // Where nothing could be read, nothing is known to be empty.
      empty: query.data ? empty : <NothingHere title="The list could not be read" />,
      noMatch: <NothingHere title="Nothing loaded matches" action={<Button onClick={() => filtering.setFiltering('')}>Clear the filter</Button>} />,
    },
    sorting: {},
  });
  const counter = `(${rows.length}${query.hasNextPage ? '+' : ''})`;
  return (
    <SpaceBetween size="s">
      {query.error && <ProblemAlert error={query.error} retry={() => void query.refetch()} />}
      <Table<RequestRow>
        {...collectionProps}
        items={items}
        trackBy="requestId"
        columnDefinitions={columns}
        columnDisplay={chosenColumns}
        stickyHeader
        wrapLines
        enableKeyboardNavigation
        loading={query.isPending}
        loadingText="Loading requests"
        ariaLabels={{ tableLabel: title, selectionGroupLabel: 'Choose requests', allItemsSelectionLabel: () => 'Choose all', itemSelectionLabel: (_, { requester, targets }) => `Choose ${requester.userName}, ${targets[0]?.accountName ?? ''}` }}
        header={<Header variant="h2" counter={query.isPending ? '' : counter} actions={actions}>{title}</Header>}
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <TextFilter {...filterProps} filteringPlaceholder="Find in what is loaded" filteringAriaLabel={`Find in ${title}`} countText={filteredItemsCount === undefined ? '' : `${filteredItemsCount} found`} />
            {filters}
          </SpaceBetween>
        }
        preferences={
          <CollectionPreferences
            title="Columns" confirmLabel="Show these" cancelLabel="Cancel"
            preferences={{ contentDisplay: chosenColumns }}
            contentDisplayPreference={{ title: 'Columns and their order', options: columns.map(({ id, header }) => ({ id, label: header, alwaysVisible: id === 'request' })) }}
            onConfirm={({ detail }) => detail.contentDisplay && chooseColumns(detail.contentDisplay)}
          />
        }
        footer={query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Load more</Button>}
        {...(selection ? selecting(selection) : {})}
      />
    </SpaceBetween>
  );
}

function selecting({ chosen, choose, single = false }: NonNullable<RequestsTableProps['selection']>): Pick<TableProps<RequestRow>, 'selectionType' | 'selectedItems' | 'onSelectionChange'> {
  return { selectionType: single ? 'single' : 'multi', selectedItems: chosen, onSelectionChange: ({ detail }) => choose(detail.selectedItems) };
}
