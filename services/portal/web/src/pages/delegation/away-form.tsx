import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import { useDelegate } from '../../api/delegations.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { utc } from '../../stored/preferences.ts';
import { useStored } from '../../stored/stored.ts';
import { delegationOf, LONGEST_DAYS, noAbsence } from './absence.ts';

interface AwayFormProps {
  /** It was sent, and is judged now: where the outcome will stand. */
  readonly sent: (href: string) => void;
}

/** Away from, until, and who decides meanwhile. */
export function AwayForm({ sent }: AwayFormProps): ReactElement {
  const [absence, setAbsence] = useState(noAbsence);
  const [wrong, setWrong] = useState<Partial<Record<'delegate' | 'from' | 'until', string>>>({});
  const [inUtc] = useStored(utc);
  const delegate = useDelegate();
  const change = (more: Partial<typeof absence>): void => setAbsence({ ...absence, ...more });
  const send = (): void => {
    const filled = delegationOf(absence, inUtc, serverNow());
    setWrong('wrong' in filled ? filled.wrong : {});
    if ('wrong' in filled) return;
    delegate.mutate(filled.delegation, {
      onSuccess: ({ href }) => {
        setAbsence(noAbsence);
        sent(href);
      },
    });
  };
  const zone = inUtc ? 'UTC' : 'your zone';
  const moment = (name: 'from' | 'until', day: string, time: string): ReactElement => (
    <SpaceBetween direction="horizontal" size="m">
      <FormField label={day} errorText={wrong[name] ?? ''}>
        <DatePicker value={absence[`${name}Date`]} placeholder="YYYY/MM/DD" openCalendarAriaLabel={(chosen) => `${day}: choose it${chosen === null ? '' : `, chosen: ${chosen}`}`} onChange={({ detail }) => change({ [`${name}Date`]: detail.value })} />
      </FormField>
      <FormField label={<>{time} ({zone}) <i>- optional</i></>}>
        <TimeInput format="hh:mm" placeholder="hh:mm" value={absence[`${name}Time`]} onChange={({ detail }) => change({ [`${name}Time`]: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
  return (
    <Container header={<Header variant="h2" description={`At most ${LONGEST_DAYS} days at a time. Whoever decides for you cannot pass it on, and approves nothing that they asked for.`}>You are away</Header>}>
      <SpaceBetween size="m">
        {delegate.error && <ProblemAlert error={delegate.error} onDismiss={() => delegate.reset()} />}
        {moment('from', 'First day away', 'From')}
        {moment('until', 'Last day away', 'Until')}
        <Box color="text-body-secondary">Without a first day, it begins now; without times, it is whole days.</Box>
        <FormField label="Who decides for you" errorText={wrong.delegate ?? ''}>
          <Input value={absence.delegate} placeholder="User name" autoComplete={false} spellcheck={false} onChange={({ detail }) => change({ delegate: detail.value })} />
        </FormField>
        <Button variant="primary" loading={delegate.isPending} onClick={send}>Let them decide</Button>
      </SpaceBetween>
    </Container>
  );
}
