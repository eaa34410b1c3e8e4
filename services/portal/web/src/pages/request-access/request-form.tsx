import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../api/commands.ts';
import { useAskable, usePreview } from '../../api/queries.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { usePerson } from '../../shell/person.ts';
import { utc } from '../../stored/preferences.ts';
import { useStored } from '../../stored/stored.ts';
import { AccountPicker } from './account-picker.tsx';
import type { Account } from './account-picker.tsx';
import { BundleList } from './bundle-list.tsx';
import { BundlePicker } from './bundle-picker.tsx';
import { askOf, breakGlassAllowed, LONGEST_JUSTIFICATION, LONGEST_TICKET, nothingChosen, sameTarget, withAdded, withChosen, withOther } from './draft.ts';
import type { Chosen, Draft } from './draft.ts';
import { FavouritesList } from './favourites-list.tsx';
import { useWhose } from './for-whom.ts';
import { PermissionSetPicker } from './permission-set-picker.tsx';
import { Summary } from './summary.tsx';
import { useSettled } from '../../parts/settled.ts';
import { TargetList } from './target-list.tsx';
import { WhenAndHowLong } from './when-and-how-long.tsx';
import { WhoApprovesWhen } from './who-approves-when.tsx';
import './request-access.css';

/** How long nothing is typed before it is asked what would become of it (ms). */
const PREVIEW_AFTER_MS = 350;

interface RequestFormProps {
  readonly initial: Draft;
  readonly gone: readonly string[];
  readonly extended: string | undefined;
  /** Keeps what is filled in, until it was sent. */
  readonly keep: (draft: Draft | undefined) => void;
}

export function RequestForm({ initial, gone, extended, keep }: RequestFormProps): ReactElement {
  const [first] = useState(initial);
  const [draft, setDraft] = useState(first);
  const [account, setAccount] = useState<Account | undefined>(first.targets[0]);
  const [tried, setTried] = useState(false);
  // One id for one form, so that sending twice is asking once.
  const [requestId] = useState(() => crypto.randomUUID());
  const [inUtc] = useStored(utc);
  const navigate = useNavigate();
  const { mayAskForOthers } = usePerson();
  const ask = useAsk();
  const wanted = useMemo(() => askOf(draft, inUtc, extended), [draft, inUtc, extended]);
  const settled = useSettled(wanted, PREVIEW_AFTER_MS);
  const preview = usePreview(settled);
  const fresh = settled === wanted && !preview.isFetching;
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
    if (draft !== first) keep(draft);
  }, [draft, first, keep]);

  const whose = useWhose(draft.other);
  const theirs = useAskable('', whose, extended === undefined && whose !== undefined && whose !== '');
  const setOther = (other: string): void => {
    setDraft(withOther(draft, other));
    if (other.trim() !== draft.other.trim()) setAccount(undefined);
  };
  // While it was looked up, more may have been chosen, or typed for whom it is.
  const isForThem = ({ other }: Draft): boolean => other.trim() === whose;
  const add = (found: Chosen): boolean => {
    setDraft((now) => (isForThem(now) ? withAdded(now, found) : now));
    return isForThem(latest.current);
  };
  const setTargets = (targets: Draft['targets']): void => setDraft(withChosen(draft, { targets }));
  const setBundles = (bundles: Draft['bundles']): void => setDraft(withChosen(draft, { bundles }));
  const nothing = nothingChosen(draft);
  const send = (): void => {
    setTried(true);
    if (!wanted || ask.isPending) return;
    const sent = { ...wanted, requestId };
    ask.mutate(sent, {
      onSuccess: (taken) => {
        keep(undefined);
        void navigate(`/requests/${taken.requestId}`, { state: { arriving: true } });
      },
    });
  };
  return (
    // No <form> element: Enter in the ticket's field is no request for access.
    <Form
      actions={<Button variant="primary" onClick={send} loading={ask.isPending}>{draft.breakGlass ? 'Break the glass' : extended === undefined ? 'Send request' : 'Ask for more time'}</Button>}
    >
      <SpaceBetween size="l">
        {ask.error && <ProblemAlert error={ask.error} onDismiss={() => ask.reset()} />}
        {gone.length > 0 && <Alert type="warning" header="Not everything can be asked for again">You may not ask for {gone.join(', ')} any more.</Alert>}
        {(mayAskForOthers || draft.other !== '') && extended === undefined && (
          <Container header={<Header variant="h2">For whom</Header>}>
            <FormField label="User name" errorText={whose === undefined || whose === '' ? '' : theirs.error?.message} description="Leave it empty to ask for yourself. For somebody else, choose from what they may ask for; neither of you can approve it.">
              <Input value={draft.other} autoComplete={false} spellcheck={false} placeholder="yourself" onChange={({ detail }) => setOther(detail.value.slice(0, LONGEST_TICKET))} />
            </FormField>
          </Container>
        )}
        {extended !== undefined && draft.other !== '' && (
          <Container header={<Header variant="h2">For whom</Header>}>
            <span className="words">{draft.other}</span>, who has the access. It is judged by what they may have, and neither of you can approve it.
          </Container>
        )}
        <Container header={<Header variant="h2">Where, and as what</Header>}>
          <SpaceBetween size="m">
            {extended === undefined && (
              <SpaceBetween size="m">
                <FavouritesList whose={whose} chosen={draft} add={add} />
                <ColumnLayout columns={2}>
                  <FormField label="Account" stretch errorText={tried && nothing && !account ? 'Choose an account.' : ''}><AccountPicker whose={whose} account={account} choose={setAccount} /></FormField>
                  <FormField label="Permission sets" stretch errorText={tried && nothing && account ? 'Choose at least one permission set.' : ''}><PermissionSetPicker whose={whose} account={account} targets={draft.targets} choose={setTargets} /></FormField>
                </ColumnLayout>
                <BundlePicker whose={whose} chosen={draft.bundles} choose={setBundles} />
              </SpaceBetween>
            )}
            {nothing && extended !== undefined && <NothingHere title="Nothing of it can go on">Ask for access anew.</NothingHere>}
            {nothing && extended === undefined && (
              <NothingHere title="Nothing chosen yet">Choose an account, then permission sets. You can go on with further accounts.</NothingHere>
            )}
            {draft.targets.length > 0 && (
              <TargetList targets={draft.targets} preview={preview.data} remove={extended === undefined ? (target) => setTargets(draft.targets.filter((one) => !sameTarget(one, target))) : undefined} />
            )}
            {draft.bundles.length > 0 && <BundleList bundles={draft.bundles} whose={whose} preview={preview.data} remove={(bundle) => setBundles(draft.bundles.filter(({ bundleId }) => bundleId !== bundle.bundleId))} />}
          </SpaceBetween>
        </Container>
        <Container header={<Header variant="h2">When</Header>}>
          <WhenAndHowLong draft={draft} change={setDraft} extending={extended !== undefined} tried={tried} />
        </Container>
        <Container header={<Header variant="h2">Why</Header>}>
          <SpaceBetween size="m">
            <FormField label="Justification" stretch constraintText={`${draft.justification.length} of ${LONGEST_JUSTIFICATION} characters. Approvers and auditors read it.`}>
              <Textarea value={draft.justification} rows={4} onChange={({ detail }) => setDraft({ ...draft, justification: detail.value.slice(0, LONGEST_JUSTIFICATION) })} />
            </FormField>
            <FormField label="Ticket">
              <Input value={draft.ticket} onChange={({ detail }) => setDraft({ ...draft, ticket: detail.value.slice(0, LONGEST_TICKET) })} />
            </FormField>
            {breakGlassAllowed(draft) && draft.other.trim() === '' && <Checkbox checked={draft.breakGlass} onChange={({ detail }) => setDraft({ ...draft, breakGlass: detail.checked })} description="For emergencies in which nobody can approve in time.">Break glass</Checkbox>}
            {draft.breakGlass && (
              <div role="alert">
                <Alert type="error" header="This takes access without approval">Approvers, auditors and administrators can see it at once, by name. Somebody else reviews it afterwards and says whether it was justified.</Alert>
              </div>
            )}
          </SpaceBetween>
        </Container>
        {preview.data && <WhoApprovesWhen preview={preview.data} draft={draft} />}
        <Summary wanted={wanted !== undefined} preview={preview.data} error={preview.error} fresh={fresh} />
      </SpaceBetween>
    </Form>
  );
}
