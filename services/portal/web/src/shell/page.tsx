import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useEffect } from 'react';
import type { ReactElement, ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** One sentence on what the page is for. */
  readonly description?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its one first-level heading, which is the title of the window too. */
export function Page({ title, description, actions, children }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · TEAM`;
  }, [title]);
  return (
    <ContentLayout header={<Header variant="h1" description={description} actions={actions}>{title}</Header>}>{children}</ContentLayout>
  );
}
