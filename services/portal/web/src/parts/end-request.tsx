import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useEnd } from '../api/commands.ts';

/** Loaded when somebody asks for it: it is on the first page that people see. */
const Confirm = lazy(async () => ({ default: (await import('./confirm.tsx')).Confirm }));

interface EndRequestProps {
  readonly requestId: string;
  /** What it is about, for whoever confirms. */
  readonly about: string;
  /** `cancel`: it has not begun; `end`: one's own access; `revoke`: somebody else's. */
  readonly kind: 'cancel' | 'end' | 'revoke';
  readonly variant?: 'normal' | 'inline-link';
  /** Of which grants alone; absent: of all. */
  readonly grantIds?: readonly string[];
  /** What ends with it. */
  readonly besides?: string | undefined;
  /** Told once it was sent. */
  readonly sent?: () => void;
}

const words = {
  cancel: { button: 'Take back', title: 'Take the request back?', text: 'Nobody decides on it any more. You can ask again at any time.' },
  end: { button: 'End now', title: 'End the access now?', text: 'It is removed in AWS at once. Sessions that are open may last until their credentials run out.' },
  revoke: { button: 'Revoke', title: 'Revoke this access?', text: 'It is removed in AWS at once, and the requester is told. Sessions that are open may last until their credentials run out.' },
};

/** The button that ends a request, with the question whether that is meant. */
export function EndRequest({ requestId, about, kind, variant = 'normal', grantIds, besides, sent }: EndRequestProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const end = useEnd();
  const { button, title, text } = words[kind];
  const close = (): void => {
    setAsking(false);
    end.reset();
  };
  const onSuccess = (): void => {
    setAsking(false);
    sent?.();
  };
  const send = (reason: string | undefined): void => end.mutate({ requestId, body: { ...(reason === undefined ? {} : { reason }), ...(grantIds === undefined ? {} : { grantIds: [...grantIds] }) } }, { onSuccess });
  return (
    <>
      <Button variant={variant} disabled={end.isSuccess} ariaLabel={`${button}: ${about}`} onClick={() => setAsking(true)}>
        {end.isSuccess ? 'Sent' : button}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <Confirm header={title} about={[requestId, ...(grantIds ?? [])].join(' ')} close={close} leave={['Leave it', close]} answers={[{ words: button, give: send }]} pending={end.isPending} error={end.error} said={{ label: 'Reason' }}>
            <Box><b className="words">{about}</b></Box>
            <Box>{text}</Box>
            {besides !== undefined && <Box>{besides}</Box>}
          </Confirm>
        </Suspense>
      )}
    </>
  );
}
