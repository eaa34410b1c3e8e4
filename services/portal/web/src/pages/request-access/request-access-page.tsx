import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { keptDraft } from './kept-draft.ts';
import { usePrefilled } from './prefill.ts';
import { RequestForm } from './request-form.tsx';

/** Asks for access: anew, again (`?again=ID`), or for longer (`?extends=ID`). */
export default function RequestAccessPage(): ReactElement {
  const [search] = useSearchParams();
  const extended = search.get('extends') ?? undefined;
  const before = extended ?? search.get('again') ?? undefined;
  const { prefilled, error } = usePrefilled(before);
  const title = extended === undefined ? 'Request access' : 'Extend access';
  const description = extended === undefined ? 'You see only what you may ask for.' : 'The access goes on without a gap, if this is agreed to in time.';
  if (before !== undefined && !prefilled) return <Page title={title}>{error ? <ProblemAlert error={error} /> : <Loading what="the earlier request" />}</Page>;
  return (
    <Page title={title} description={description}>
      <RequestForm key={before ?? 'new'} initial={prefilled?.draft ?? keptDraft()} gone={prefilled?.gone ?? []} extended={extended} />
    </Page>
  );
}
