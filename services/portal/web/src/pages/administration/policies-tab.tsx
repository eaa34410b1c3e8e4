import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import type { PoliciesNow, StandingPolicy } from '../../../../api/src/contract/index.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { kinds } from './kinds.ts';
import { PolicyEditor } from './policy-editor.tsx';

const columns: readonly TableProps.ColumnDefinition<StandingPolicy>[] = [
  { id: 'name', header: 'Name', isRowHeader: true, minWidth: 200, cell: ({ kind, id }) => <PageLink to={`/administration?kind=${kind}&id=${id}`}>{id}</PageLink>, sortingField: 'id' },
  { id: 'says', header: 'Says', minWidth: 320, cell: ({ text }) => <span className="brief" title={text}>{inOneLine(text)}</span> },
  { id: 'version', header: 'Version', minWidth: 90, cell: ({ version }) => version },
];

/** The policies of one kind, or one of them to be read and changed. */
export function PoliciesTab({ now: { policies, mayChange } }: { now: PoliciesNow }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const chosen = kinds.find(({ kind }) => kind === search.get('kind')) ?? kinds[0];
  const kind = chosen?.kind ?? 'EligibilityPolicy';
  const id = search.get('id');
  const opened = policies.find((policy) => policy.kind === kind && policy.id === id);
  const { items, collectionProps, filterProps, filteredItemsCount } = useCollection(policies.filter((policy) => policy.kind === kind), {
    filtering: { filteringFunction: ({ text }, words) => text.toLowerCase().includes(words.trim().toLowerCase()), empty: <NothingHere title="There is none of this kind" />, noMatch: <NothingHere title="Nothing matches" /> },
    sorting: {},
  });
  if (id !== null) {
    const close = (): void => setSearch({ kind });
    return id === '' || opened ? (
      <PolicyEditor key={`${kind} ${id}`} kind={kind} standing={opened} template={chosen?.template ?? ''} mayChange={mayChange} close={close} />
    ) : (
      <NothingHere title={`There is no ${id} any more`} action={<Button onClick={close}>All policies</Button>} />
    );
  }
  const canBeNew = mayChange && (kind !== 'Limits' || items.length === 0);
  return (
    <SpaceBetween size="m">
      <SegmentedControl label="Which policies" selectedId={kind} options={kinds.map((one) => ({ id: one.kind, text: one.text }))} onChange={({ detail }) => setSearch({ kind: detail.selectedId })} />
      <Table
        {...collectionProps}
        items={items}
        trackBy="id"
        columnDefinitions={columns}
        wrapLines
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: chosen?.text ?? 'Policies' }}
        header={<Header variant="h2" counter={`(${items.length})`} actions={canBeNew && <Button onClick={() => setSearch({ kind, id: '' })}>New</Button>}>{chosen?.text}</Header>}
        filter={<TextFilter {...filterProps} filteringPlaceholder="Find in the policies" filteringAriaLabel="Find in the policies" countText={`${filteredItemsCount ?? 0} found`} />}
      />
    </SpaceBetween>
  );
}

/** What a policy says beyond its kind and name, key after key. */
const inOneLine = (text: string): string =>
  text
    .split(/\n(?=\S)/)
    .filter((part) => !/^(kind|name): /.test(part))
    .map((part) => part.replaceAll(/\s+/g, ' ').trim())
    .join(' · ');
