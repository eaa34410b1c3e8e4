import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactElement } from 'react';
import type { Explained } from '../../../../api/src/contract/index.ts';
import { minutesInWords } from '../../parts/duration.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageLink } from '../../parts/page-link.tsx';

type Considered = Explained['considered'][number];

const columns: readonly TableProps.ColumnDefinition<Considered>[] = [
  { id: 'policy', header: 'Policy', isRowHeader: true, minWidth: 200, cell: ({ policyId }) => <PageLink to={`/administration?kind=EligibilityPolicy&id=${policyId}`}>{policyId}</PageLink> },
  { id: 'needs', header: 'What stands against it', minWidth: 320, cell: ({ problems }) => (problems.length === 0 ? 'nothing' : problems.map(({ code, message }) => <div key={code + message} className="words">{message}</div>)) },
];

/** What would become of it, then what each policy says. */
export function ExplainedView({ explained, asked }: { explained: Explained; asked: { readonly person: string; readonly account: string; readonly permissionSet: string } }): ReactElement {
  const { allowed, person = asked.person, accountName = asked.account, permissionSetName = asked.permissionSet, durationMinutes, policyId, approvalRequired, reasons, warnings, denying, considered, stages } = explained;
  const what = `${permissionSetName} in ${accountName}`;
  return (
    <SpaceBetween size="l">
      {allowed ? (
        <Alert type="success" header={<span className="words">{person} may have {what}</span>}>
          {durationMinutes === undefined ? '' : `For ${minutesInWords(durationMinutes)}, `}under policy {policyId}, {approvalRequired ? 'with approval' : 'without approval'}.
        </Alert>
      ) : (
        <Alert type="error" header={<span className="words">{person} may not have {what}</span>}>
          <ul>{reasons.map(({ code, message }) => <li key={code + message}><span className="words">{message}</span> ({code})</li>)}</ul>
          {denying.length > 0 && <div className="words">Denied by {denying.join(', ')}.</div>}
        </Alert>
      )}
      {warnings.length > 0 && <Alert type="warning" header="To be aware of">{warnings.map(({ code, message }) => <div key={code + message} className="words">{message}</div>)}</Alert>}
      {stages.length > 0 && (
        <Container header={<Header variant="h2">Who could approve it</Header>}>
          {stages.map(({ policyId: policy, quorum, people, count }, place) => (
            <Box key={`${place} ${policy}`} variant="p">
              {stages.length > 1 && <b>Stage {place + 1}. </b>}{quorum === 1 ? 'One' : quorum} of <span className="words">{people.join(', ') || 'nobody'}</span>
              {count > people.length ? ` and ${count - people.length} others` : ''} (policy {policy}).
            </Box>
          ))}
        </Container>
      )}
      <Table
        items={considered} trackBy="policyId" columnDefinitions={columns} wrapLines enableKeyboardNavigation ariaLabels={{ tableLabel: 'Policies that cover it' }}
        header={<Header variant="h2" counter={`(${considered.length})`} description="The most favourable first.">Policies that cover it</Header>}
        empty={<NothingHere title="No policy covers it">None names this person, or a group of theirs, with this permission set there.</NothingHere>}
      />
    </SpaceBetween>
  );
}
