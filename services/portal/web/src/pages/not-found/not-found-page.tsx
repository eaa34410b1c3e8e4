import type { ReactElement } from 'react';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { Page } from '../../shell/page.tsx';

export function NotFoundPage(): ReactElement {
  return (
    <Page title="There is no such page">
      <NothingHere title="Nothing is at this address" action={<PageButton to="/access">My access</PageButton>}>
        The link may be of an older version, or mistyped.
      </NothingHere>
    </Page>
  );
}
