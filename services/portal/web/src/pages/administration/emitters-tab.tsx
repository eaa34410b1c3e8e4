import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactElement } from 'react';
import type { EmitterRow } from '../../../../api/src/contract/index.ts';

const lines = (texts: readonly string[]): ReactElement => <>{texts.map((text) => <div key={text} className="words">{text}</div>)}</>;

const columns: readonly TableProps.ColumnDefinition<EmitterRow>[] = [
  { id: 'name', header: 'Name', isRowHeader: true, minWidth: 160, cell: ({ name }) => <span className="words">{name}</span> },
  { id: 'source', header: 'Source', minWidth: 180, cell: ({ source, accountId }) => <><span className="words">{source}</span><Box color="text-body-secondary" fontSize="body-s">account {accountId}</Box></> },
  { id: 'types', header: 'What it may put on the bus', minWidth: 240, cell: ({ detailTypes }) => lines(detailTypes) },
  { id: 'may', header: 'What it may beyond that', minWidth: 260, cell: ({ capabilities }) => (capabilities.length === 0 ? 'nothing' : lines(capabilities)) },
];

/** Who may put intents on the bus. It is configuration of the deployment, so nothing is changed here. */
export function EmittersTab({ emitters }: { emitters: readonly EmitterRow[] }): ReactElement {
  return (
    <SpaceBetween size="s">
      <Table items={emitters} trackBy={({ name, detailTypes }) => [name, ...detailTypes].join(' ')} columnDefinitions={columns} wrapLines cellVerticalAlign="top" enableKeyboardNavigation ariaLabels={{ tableLabel: 'Emitters' }} header={<Header variant="h2" counter={`(${emitters.length})`} description="Configuration of the deployment: it is changed there.">Emitters</Header>} />
    </SpaceBetween>
  );
}
