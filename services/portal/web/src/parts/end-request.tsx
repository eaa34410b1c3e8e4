import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useEnd } from '../api/commands.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface EndRequestProps {
  readonly requestId: string;
  /** What it is about, for whoever confirms. */
  readonly about: string;
  /** `cancel`: it has not begun; `end`: one's own access; `revoke`: somebody else's. */
  readonly kind: 'cancel' | 'end' | 'revoke';
  readonly variant?: 'normal' | 'inline-link';
}

const words = {
  cancel: { button: 'Take back', title: 'Take the request back?', text: 'Nobody decides on it any more. You can ask again at any time.' },
  end: { button: 'End now', title: 'End the access now?', text: 'It is removed in AWS at once. Sessions that are open may last until their credentials run out.' },
  revoke: { button: 'Revoke', title: 'Revoke this access?', text: 'It is removed in AWS at once, and the requester is told. Sessions that are open may last until their credentials run out.' },
};

/** The button that ends a request, with the question whether that is meant. */
export function EndRequest({ requestId, about, kind, variant = 'normal' }: EndRequestProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const end = useEnd();
  const { button, title, text } = words[kind];
  const close = (): void => {
    setAsking(false);
    end.reset();
  };
  const send = (): void => end.mutate({ requestId, body: reason.trim() === '' ? {} : { reason: reason.trim() } }, { onSuccess: () => setAsking(false) });
  return (
    <>
      <Button variant={variant} disabled={end.isSuccess} ariaLabel={`${button}: ${about}`} onClick={() => setAsking(true)}>
        {end.isSuccess ? 'Sent' : button}
      </Button>
      {asking && (
        <Modal
          visible header={title} onDismiss={close} closeAriaLabel="Close"
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={close}>Leave it</Button>
                <Button variant="primary" loading={end.isPending} onClick={send}>{button}</Button>
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="m">
            {end.error && <ProblemAlert error={end.error} />}
            <Box><b className="words">{about}</b></Box>
            <Box>{text}</Box>
            <FormField label={<>Reason <i>- optional</i></>}>
              <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 1_000))} />
            </FormField>
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}
