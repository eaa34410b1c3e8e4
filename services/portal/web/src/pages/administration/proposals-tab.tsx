import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { PolicyDecision, PolicyProposal } from '../../../../api/src/contract/index.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { DecideOnChange } from './decide-on-change.tsx';
import { kindInWords } from './kinds.ts';

/** Changes that wait for a second administrator. */
export function ProposalsTab({ proposals }: { proposals: readonly PolicyProposal[] }): ReactElement {
  const [deciding, setDeciding] = useState<{ proposal: PolicyProposal; verdict: PolicyDecision['verdict'] }>();
  const [sent, setSent] = useState<readonly string[]>([]);
  const closed = (taken: boolean): void => {
    if (taken && deciding) setSent([...sent, deciding.proposal.changeId]);
    setDeciding(undefined);
  };
  return (
    <SpaceBetween size="m">
      <div role="status">{sent.length > 0 && 'Your word was sent. What you agreed to holds in a moment.'}</div>
      {proposals.length === 0 && <NothingHere title="Nothing waits">A change that widens access shows here until another administrator agrees.</NothingHere>}
      {proposals.map((proposal) => (
        <Container
          key={proposal.changeId}
          header={
            <Header
              variant="h2"
              description={<>{kindInWords(proposal.kind)}, proposed by <span className="words">{proposal.proposedBy}</span>; to be decided within <Countdown until={proposal.decideBy} over="over" /></>}
              actions={
                proposal.mayDecide && (
                  <SpaceBetween direction="horizontal" size="xs">
                    <Button disabled={sent.includes(proposal.changeId)} ariaLabel={`Disagree: ${proposal.id}`} onClick={() => setDeciding({ proposal, verdict: 'disagree' })}>Disagree</Button>
                    <Button variant="primary" disabled={sent.includes(proposal.changeId)} ariaLabel={`Agree: ${proposal.id}`} onClick={() => setDeciding({ proposal, verdict: 'agree' })}>Agree</Button>
                  </SpaceBetween>
                )
              }
            >
              {proposal.id}
            </Header>
          }
        >
          <SpaceBetween size="s">
            <Box variant="h3">What becomes wider</Box>
            <ul>{proposal.widens.map((sentence) => <li key={sentence} className="words">{sentence}</li>)}</ul>
            {proposal.differences.length > 0 && <Box color="text-body-secondary"><span className="words">Otherwise than now: {proposal.differences.join('; ')}</span></Box>}
            {proposal.text === undefined ? <Box>It is to be removed.</Box> : <ExpandableSection headerText="The policy as it would be"><pre className="words">{proposal.text}</pre></ExpandableSection>}
          </SpaceBetween>
        </Container>
      ))}
      {deciding && <DecideOnChange proposal={deciding.proposal} verdict={deciding.verdict} close={closed} />}
    </SpaceBetween>
  );
}
