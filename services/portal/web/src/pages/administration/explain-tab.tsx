import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useExplain } from '../../api/administration.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ExplainedView } from './explained-view.tsx';

const LONGEST_MINUTES = 43_200;

/** Why may somebody (not) have something somewhere: asked of those who would judge it. Nothing is requested. */
export function ExplainTab(): ReactElement {
  const [asked, setAsked] = useState({ person: '', account: '', permissionSet: '', minutes: '60', breakGlass: false });
  const explain = useExplain();
  const { person, account, permissionSet, breakGlass } = asked;
  const minutes = Number(asked.minutes);
  const wrongMinutes = !Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_MINUTES;
  const ready = [person, account, permissionSet].every((words) => words.trim() !== '') && !wrongMinutes;
  const change = (more: Partial<typeof asked>): void => {
    setAsked({ ...asked, ...more });
    explain.reset();
  };
  const send = (): void => {
    if (ready) explain.mutate({ person: person.trim(), account: account.trim(), permissionSet: permissionSet.trim(), durationMinutes: minutes, breakGlass });
  };
  const field = (name: 'person' | 'account' | 'permissionSet', label: string, placeholder: string): ReactElement => (
    <FormField label={label} stretch>
      <Input value={asked[name]} placeholder={placeholder} autoComplete={false} spellcheck={false} onChange={({ detail }) => change({ [name]: detail.value })} onKeyDown={({ detail }) => detail.key === 'Enter' && send()} />
    </FormField>
  );
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" description="By the policies in force, as a request would be judged now. Nothing is requested.">Why may somebody have it, or why not?</Header>}>
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            {field('person', 'Who', 'User name')}
            {field('account', 'Where', 'Account number or name')}
            {field('permissionSet', 'What', 'Permission set')}
            <FormField label="For how many minutes" stretch errorText={wrongMinutes ? `A whole number from 1 to ${LONGEST_MINUTES}.` : ''}>
              <Input type="number" inputMode="numeric" value={asked.minutes} onChange={({ detail }) => change({ minutes: detail.value })} />
            </FormField>
          </ColumnLayout>
          <Checkbox checked={breakGlass} onChange={({ detail }) => change({ breakGlass: detail.checked })}>As break glass</Checkbox>
          <Button variant="primary" disabled={!ready} loading={explain.isPending} onClick={send}>Explain</Button>
        </SpaceBetween>
      </Container>
      {explain.error && <ProblemAlert error={explain.error} />}
      <div role="status">{explain.data && <ExplainedView explained={explain.data} asked={asked} />}</div>
    </SpaceBetween>
  );
}
