import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component } from 'react';
import type { ReactNode } from 'react';

/** A page that breaks, or whose files a newer version has replaced, leaves the shell standing. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <Alert type="error" header="This page could not be shown" action={<Button onClick={() => window.location.reload()}>Load again</Button>}>
        Nothing that you sent is lost. Loading again helps where there is a newer version.
      </Alert>
    );
  }
}
