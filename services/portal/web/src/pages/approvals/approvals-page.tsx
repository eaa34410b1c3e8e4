import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { RequestRow } from '../../../../api/src/contract/index.ts';
import { rowsOf, useRequests } from '../../api/queries.ts';
import { DecideModal } from '../../parts/decide-modal.tsx';
import type { Verdict } from '../../parts/decide-modal.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { columns } from '../../parts/request-columns.tsx';
import { RequestsTable } from '../../parts/requests-table.tsx';
import { targetsInWords } from '../../parts/targets.tsx';
import { Page } from '../../shell/page.tsx';
import { InSplitPanel } from '../../shell/split-panel.tsx';
import { columnChoices } from '../../stored/columns.ts';
import { RequestSummary } from '../../parts/request-summary.tsx';
import { keyOfVerdict, rowUnderFocus } from './shortcuts.ts';

const choices = columnChoices('to-approve', ['request', 'person', 'duration', 'justification', 'ticket', 'decideBy', 'asked'], columns.map(({ id }) => id));
const chosenLists = [{ id: 'to-approve', text: 'Wait for me' }, { id: 'to-review', text: 'To review' }, { id: 'decided', text: 'Decided by me' }] as const;
const titles = { 'to-approve': 'Waiting', 'to-review': 'Break glass to review', decided: 'Decided' } as const;
type ChosenList = (typeof chosenLists)[number]['id'];

/** What waits for my decision or my review, and what I decided. */
export default function ApprovalsPage(): ReactElement {
  const [list, setList] = useState<ChosenList>('to-approve');
  const [chosenIds, setChosenIds] = useState<readonly string[]>([]);
  const [deciding, setDeciding] = useState<{ verdict: Verdict; rows: readonly RequestRow[] }>();
  const [sent, setSent] = useState('');
  const query = useRequests({ list });
  const rows = rowsOf(query.data);
  const chosen = rows.filter(({ requestId }) => chosenIds.includes(requestId));
  const waiting = list === 'to-approve';
  const one = chosen.length === 1 ? chosen[0] : undefined;

  const decide = (verdict: Verdict, which: readonly RequestRow[]): void => {
    if (waiting && which.length > 0) setDeciding({ verdict, rows: which });
  };
  const pressed = (event: KeyboardEvent<HTMLElement>): void => {
    const verdict = keyOfVerdict(event);
    if (!verdict) return;
    event.preventDefault();
    const focused = rows.filter(({ requestId }) => requestId === rowUnderFocus(event.target));
    decide(verdict, chosen.length > 0 ? chosen : focused);
  };
  const closed = (taken: readonly string[]): void => {
    if (taken.length > 0) setSent(`${taken.length === 1 ? 'One decision was' : `${taken.length} decisions were`} sent.`);
    setChosenIds(chosenIds.filter((id) => !taken.includes(id)));
    setDeciding(undefined);
  };
  const actions = waiting && (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={chosen.length === 0} onClick={() => decide('deny', chosen)}>Deny (d)</Button>
      <Button variant="primary" disabled={chosen.length === 0} onClick={() => decide('approve', chosen)}>Approve (a)</Button>
    </SpaceBetween>
  );
  const empty = {
    'to-approve': <NothingHere title="Nothing waits for your decision">New requests show here by themselves.</NothingHere>,
    'to-review': <NothingHere title="No break glass waits for your review">It shows here when its access is over.</NothingHere>,
    decided: <NothingHere title="You have not decided anything yet" />,
  }[list];
  const choose = (picked: ChosenList): void => {
    setList(picked);
    setChosenIds([]);
  };
  return (
    <Page title="Approvals" description="Choose one to see everything about it; choose several to decide them alike. A break glass is reviewed on its own page.">
      <SpaceBetween size="m">
        <SegmentedControl label="Which requests" selectedId={list} options={chosenLists} onChange={({ detail }) => choose(chosenLists.find(({ id }) => id === detail.selectedId)?.id ?? 'to-approve')} />
        <div role="status">{sent}</div>
        <div onKeyDown={pressed}>
          <RequestsTable title={titles[list]} query={query} choices={choices} empty={empty} actions={actions} selection={{ chosen, choose: (picked) => setChosenIds(picked.map(({ requestId }) => requestId)) }} />
        </div>
        {waiting && <Box color="text-body-secondary" fontSize="body-s">Keys, while the table has the focus: arrows move, space chooses, <kbd>a</kbd> approves, <kbd>d</kbd> denies what is chosen or, if nothing is, the row with the focus.</Box>}
      </SpaceBetween>
      {deciding && <DecideModal verdict={deciding.verdict} rows={deciding.rows} close={closed} />}
      {one && (
        <InSplitPanel header={`${one.requester.userName}: ${targetsInWords(one.targets)}`} onClose={() => setChosenIds([])}>
          <RequestSummary row={one} decide={waiting ? (verdict) => decide(verdict, [one]) : undefined} />
        </InSplitPanel>
      )}
    </Page>
  );
}
