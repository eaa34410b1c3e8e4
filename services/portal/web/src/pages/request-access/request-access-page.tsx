import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTyped } from '../../parts/typed-here.ts';
import { Page } from '../../shell/page.tsx';
import { emptyDraft } from './draft.ts';
import { keptDraft } from './kept-draft.ts';
import { usePrefilled } from './prefill.ts';
import type { Prefilled } from './prefilled.ts';
import { RequestForm } from './request-form.tsx';

const anew: Prefilled = { draft: emptyDraft, gone: [] };

/** Asks for access: anew, again (`?again=ID`), or for longer (`?extends=ID`). */
export default function RequestAccessPage(): ReactElement {
  const [search] = useSearchParams();
  const extended = search.get('extends') ?? undefined;
  const before = extended ?? search.get('again') ?? undefined;
  const { prefilled, error, retry } = usePrefilled(before, extended !== undefined);
  const title = extended === undefined ? 'Request access' : 'Extend access';
  const description = extended === undefined ? 'You see only what you may ask for.' : 'The access goes on without a gap, if this is agreed to in time.';
  if (before !== undefined && !prefilled) return <Page title={title}>{error ? <ProblemAlert error={error} retry={retry} /> : <Loading what="the earlier request" />}</Page>;
  return (
    <Page title={title} description={description}>
      <Filled key={search.toString()} prefilled={prefilled ?? anew} extended={extended} />
    </Page>
  );
}

/** The form as it was left in this tab, or as it is filled in beforehand. */
function Filled({ prefilled, extended }: { prefilled: Prefilled; extended: string | undefined }): ReactElement {
  const { read, keep } = useTyped('request');
  const [left, setLeft] = useState(() => keptDraft(read()));
  const startOver = (): void => {
    keep(undefined);
    setLeft(undefined);
  };
  return (
    <SpaceBetween size="l">
      {left && <Alert type="info" action={<Button onClick={startOver}>Start over</Button>}>What you filled in before and did not send is here again.</Alert>}
      <RequestForm key={left ? 'left' : 'anew'} initial={left ?? prefilled.draft} gone={left ? [] : prefilled.gone} extended={extended} keep={keep} />
    </SpaceBetween>
  );
}
