import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { PolicyKind, StandingPolicy } from '../../../../api/src/contract/index.ts';
import { usePlan, useSubmitChange } from '../../api/administration.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTyped } from '../../parts/typed-here.ts';
import { editedPolicy, outdated } from './edited-policy.ts';
import { Outcome } from './outcome.tsx';
import { PlanView } from './plan-view.tsx';

interface PolicyEditorProps {
  readonly kind: PolicyKind;
  /** Absent: it is a new one. */
  readonly standing: StandingPolicy | undefined;
  readonly template: string;
  readonly mayChange: boolean;
  readonly close: () => void;
}

const rows = (text: string): number => Math.min(30, Math.max(10, text.split('\n').length + 1));

/** One policy as people write it. Nothing is submitted of which no plan was seen: another word, and it must be planned again. */
export function PolicyEditor({ kind, standing, template, mayChange, close }: PolicyEditorProps): ReactElement {
  const fresh = { text: standing?.text ?? template, version: standing?.version ?? 0 };
  const { read, keep } = useTyped('policy');
  const [left] = useState(() => editedPolicy(read()));
  const [edited, setEdited] = useState(left ?? fresh);
  const [touched, setTouched] = useState(left !== undefined);
  const plan = usePlan();
  const submit = useSubmitChange();
  const { change, reasons = [] } = plan.data ?? {};
  const ready = change !== undefined && reasons.length === 0 && !submit.isSuccess;
  const behind = submit.isSuccess ? undefined : outdated(edited, standing?.version, change?.expectedVersion);
  useEffect(() => keep(touched && !submit.isSuccess ? edited : undefined), [keep, touched, edited, submit.isSuccess]);
  const begin = (again: typeof edited, own: boolean): void => {
    setEdited(again);
    setTouched(own);
    plan.reset();
    submit.reset();
  };
  const write = (words: string): void => {
    // What one submitted oneself a moment ago is what one goes on from.
    const ownVersion = submit.isSuccess && standing?.version === edited.version + 1 ? standing.version : edited.version;
    begin({ text: words, version: ownVersion }, true);
  };
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            variant="h2"
            description={standing ? `Version ${standing.version}` : 'It is not there yet.'}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={close}>All policies</Button>
                {mayChange && standing && kind !== 'Limits' && <Button loading={plan.isPending} onClick={() => plan.mutate({ kind, remove: standing.id })}>Plan its removal</Button>}
                {mayChange && <Button variant={ready ? 'normal' : 'primary'} loading={plan.isPending} onClick={() => plan.mutate({ kind, text: edited.text })}>Plan</Button>}
              </SpaceBetween>
            }
          >
            {standing?.id ?? 'A new policy'}
          </Header>
        }
      >
        <SpaceBetween size="m">
          {behind !== undefined && <Alert type="warning" action={standing && <Button onClick={() => begin(fresh, false)}>Load version {standing.version}</Button>}>{behind}</Alert>}
          {behind === undefined && left && edited.text === left.text && !submit.isSuccess && (
            <Alert type="info" action={<Button onClick={() => begin(fresh, false)}>Start over</Button>}>What you wrote before and did not submit is here again.</Alert>
          )}
          {standing && standing.unknownIds.length > 0 && <Alert type="warning" header="It names what is not there any more">{standing.unknownIds.join(', ')}</Alert>}
          <FormField stretch label="The policy, in YAML" description={mayChange ? 'Write names or ids. Plan shows what would become of it; nothing is changed by that.' : 'Only administrators change it.'}>
            <div className="code">
              <Textarea value={edited.text} rows={rows(edited.text)} readOnly={!mayChange} disableBrowserAutocorrect spellcheck={false} onChange={({ detail }) => write(detail.value)} />
            </div>
          </FormField>
        </SpaceBetween>
      </Container>
      {plan.error && <ProblemAlert error={plan.error} />}
      {plan.data && (
        <PlanView plan={plan.data}>
          <SpaceBetween size="s">
            {submit.error && <ProblemAlert error={submit.error} />}
            {ready && <Button variant="primary" disabled={behind !== undefined} loading={submit.isPending} onClick={() => submit.mutate({ ...change, expectedVersion: edited.version })}>{plan.data.needsSecondAdministrator ? 'Propose' : 'Submit'}</Button>}
          </SpaceBetween>
        </PlanView>
      )}
      {submit.data && <Outcome changeId={submit.data.changeId} />}
    </SpaceBetween>
  );
}
