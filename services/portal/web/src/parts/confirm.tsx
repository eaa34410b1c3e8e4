import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import { useTyped } from './typed-here.ts';

/** As the contract bounds it. */
const LONGEST = 1_000;

interface ConfirmProps {
  readonly header: string;
  /** What it is about, by ids: what was typed before signing in again is there again for that alone. */
  readonly about: string;
  /** What is asked about. */
  readonly children: ReactNode;
  /** How people go back without having done anything, and what that does. */
  readonly leave?: readonly [words: string, leave: () => void];
  readonly close: () => void;
  /** What may be answered, the usual one last; given what was said beside it, if anything was. */
  readonly answers: readonly { readonly words: string; readonly give: (said: string | undefined) => void }[];
  readonly pending: boolean;
  readonly error: Error | null | undefined;
  readonly said?: { readonly label: string; readonly description?: string };
}

/** Asks whether that is meant, and why, before it is done. It stays open where it could not be done. */
export function Confirm({ header, about, children, leave, close, answers, pending, error, said = { label: 'Comment' } }: ConfirmProps): ReactElement {
  const { read, keep } = useTyped(`${header} ${about}`);
  const [text, setText] = useState(() => {
    const left = read();
    return typeof left === 'string' ? left : '';
  });
  // Gone with the dialog, whether it was sent or not; leaving the page to sign in again unmounts nothing.
  useEffect(() => () => keep(undefined), [keep]);
  const write = (written: string): void => {
    setText(written);
    keep(written === '' ? undefined : written);
  };
  const words = text.trim() === '' ? undefined : text.trim();
  return (
    <Modal
      visible header={header} closeAriaLabel="Close" onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {leave && <Button variant="link" onClick={leave[1]}>{leave[0]}</Button>}
            {answers.map((answer, n) => {
              const usual = n === answers.length - 1;
              return <Button key={answer.words} variant={usual ? 'primary' : 'normal'} loading={usual && pending} disabled={!usual && pending} onClick={() => answer.give(words)}>{answer.words}</Button>;
            })}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error && <ProblemAlert error={error} />}
        {children}
        <FormField label={<>{said.label} <i>- optional</i></>} description={said.description} constraintText={`${text.length} of ${LONGEST} characters`}>
          <Textarea autoFocus value={text} onChange={({ detail }) => write(detail.value.slice(0, LONGEST))} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
