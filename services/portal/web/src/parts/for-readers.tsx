import type { ReactElement } from 'react';
import { Page } from '../shell/page.tsx';
import { NothingHere } from './nothing-here.tsx';
import { PageButton } from './page-link.tsx';

/** In place of a page that the server showed nothing of: it is for auditors and administrators. */
export function ForReaders({ title, error }: { title: string; error: Error }): ReactElement {
  return (
    <Page title={title}>
      <NothingHere title="This is for administrators and auditors" action={<PageButton to="/access">My access</PageButton>}>{error.message}</NothingHere>
    </Page>
  );
}
