import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { PolicyDecision, PolicyProposal } from '../../../../api/src/contract/index.ts';
import { useDecideOnChange } from '../../api/administration.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface DecideOnChangeProps {
  readonly proposal: PolicyProposal;
  readonly verdict: PolicyDecision['verdict'];
  /** `taken`: the decision was sent. */
  readonly close: (taken: boolean) => void;
}

const words = { agree: { button: 'Agree', title: 'Agree to this change?' }, disagree: { button: 'Disagree', title: 'Disagree with this change?' } };

/** Asks whether that is meant, and why, before a word is given on a proposal. */
export function DecideOnChange({ proposal, verdict, close }: DecideOnChangeProps): ReactElement {
  const [comment, setComment] = useState('');
  const decide = useDecideOnChange();
  const { button, title } = words[verdict];
  const send = (): void => decide.mutate({ changeId: proposal.changeId, body: { verdict, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) } }, { onSuccess: () => close(true) });
  return (
    <Modal
      visible header={title} closeAriaLabel="Close" onDismiss={() => close(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => close(false)}>Leave it</Button>
            <Button variant="primary" loading={decide.isPending} onClick={send}>{button}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {decide.error && <ProblemAlert error={decide.error} />}
        <Box><b>{proposal.id}</b>, proposed by {proposal.proposedBy}</Box>
        <ul>{proposal.widens.map((sentence) => <li key={sentence} className="words">{sentence}</li>)}</ul>
        <FormField label={<>Comment <i>- optional</i></>}>
          <Textarea value={comment} onChange={({ detail }) => setComment(detail.value.slice(0, 1_000))} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
