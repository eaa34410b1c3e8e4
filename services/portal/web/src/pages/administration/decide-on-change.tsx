import Box from '@cloudscape-design/components/box';
import type { ReactElement } from 'react';
import type { PolicyDecision, PolicyProposal } from '../../../../api/src/contract/index.ts';
import { useDecideOnChange } from '../../api/administration.ts';
import { Confirm } from '../../parts/confirm.tsx';

interface DecideOnChangeProps {
  readonly proposal: PolicyProposal;
  readonly verdict: PolicyDecision['verdict'];
  /** `taken`: the decision was sent. */
  readonly close: (taken: boolean) => void;
}

const words = { agree: { button: 'Agree', title: 'Agree to this change?' }, disagree: { button: 'Disagree', title: 'Disagree with this change?' } };

/** Asks whether that is meant, and why, before a word is given on a proposal. */
export function DecideOnChange({ proposal, verdict, close }: DecideOnChangeProps): ReactElement {
  const decide = useDecideOnChange();
  const { button, title } = words[verdict];
  const send = (comment: string | undefined): void => decide.mutate({ changeId: proposal.changeId, body: { verdict, ...(comment === undefined ? {} : { comment }) } }, { onSuccess: () => close(true) });
  const leave = (): void => close(false);
  return (
    <Confirm header={title} about={proposal.changeId} close={leave} leave={['Leave it', leave]} answers={[{ words: button, give: send }]} pending={decide.isPending} error={decide.error}>
      <Box><b className="words">{proposal.id}</b>, proposed by <span className="words">{proposal.proposedBy}</span></Box>
      <ul>{proposal.widens.map((sentence) => <li key={sentence} className="words">{sentence}</li>)}</ul>
    </Confirm>
  );
}
