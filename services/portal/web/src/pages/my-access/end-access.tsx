import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import type { useEnd } from '../../api/commands.ts';

/** Loaded when somebody asks for it: it is on the first page that people see. */
const Confirm = lazy(async () => ({ default: (await import('../../parts/confirm.tsx')).Confirm }));

interface EndAccessProps {
  readonly requestId: string;
  /** What it is about, for whoever confirms. */
  readonly about: string;
  /** What ends with it. */
  readonly besides: string | undefined;
  /** The card's, which offers no more time of what was ended. */
  readonly end: ReturnType<typeof useEnd>;
}

/** The button that ends what one has, with the question whether that is meant. */
export function EndAccess({ requestId, about, besides, end }: EndAccessProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
    end.reset();
  };
  const send = (reason: string | undefined): void => end.mutate({ requestId, body: reason === undefined ? {} : { reason } }, { onSuccess: () => setAsking(false) });
  return (
    <>
      <Button disabled={end.isSuccess} ariaLabel={`End now: ${about}`} onClick={() => setAsking(true)}>{end.isSuccess ? 'Sent' : 'End now'}</Button>
      {asking && (
        <Suspense fallback={null}>
          <Confirm header="End the access now?" about={requestId} close={close} leave={['Leave it', close]} answers={[{ words: 'End now', give: send }]} pending={end.isPending} error={end.error} said={{ label: 'Reason' }}>
            <Box><b className="words">{about}</b></Box>
            <Box>It is removed in AWS at once. Sessions that are open may last until their credentials run out.</Box>
            {besides !== undefined && <Box>{besides}</Box>}
          </Confirm>
        </Suspense>
      )}
    </>
  );
}
