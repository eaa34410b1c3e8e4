import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router';
import { signInPath } from './sign-in.ts';

/** Nobody is signed in. Signing in leads back to where one is. */
export function SignedOut(): ReactElement {
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.title = 'Signed out · TEAM';
  }, []);
  return (
    <main id="content" style={{ maxInlineSize: 520, marginInline: 'auto', padding: '64px 16px' }}>
      <Container header={<Header variant="h1">You are signed out</Header>}>
        <SpaceBetween size="m">
          <Box variant="p">TEAM gives access to AWS accounts for a time. Sign in to ask for access, to approve it, or to see what you have.</Box>
          <Button variant="primary" href={signInPath(pathname + search)}>
            Sign in
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  );
}
