import AppLayout from '@cloudscape-design/components/app-layout';
import { Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { Outlet, useLocation } from 'react-router';
import { ProblemError } from '../api/problem-error.ts';
import { useMe } from '../api/queries.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Connection } from './connection.tsx';
import { CrashBoundary } from './crash-boundary.tsx';
import { useFocusOnNavigation } from './focus-on-navigation.ts';
import { PersonContext } from './person.ts';
import { SideMenu } from './side-menu.tsx';
import { SignedOut } from './signed-out.tsx';
import { SplitPanelContext, SplitPanelFrame } from './split-panel.tsx';
import type { SplitPanelState } from './split-panel.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every page: who is signed in, where one can go, and what is wrong with the connection. */
export function Shell(): ReactElement {
  const me = useMe();
  const { pathname } = useLocation();
  const [menuOpen, setMenuOpen] = useState(() => window.matchMedia('(min-width: 1100px)').matches);
  const [panel, setPanel] = useState<SplitPanelState>();
  const [panelHost, setPanelHost] = useState<HTMLElement | null>(null);
  useFocusOnNavigation();

  if (me.error instanceof ProblemError && me.error.status === 401) return <SignedOut />;
  const content = me.data ? (
    <PersonContext value={me.data}>
      <SplitPanelContext value={{ host: panelHost, show: setPanel }}>
        <CrashBoundary key={pathname}>
          <Suspense fallback={<Loading what="the page" />}>
            <Outlet />
          </Suspense>
        </CrashBoundary>
      </SplitPanelContext>
    </PersonContext>
  ) : me.error ? (
    <ProblemAlert error={me.error} retry={() => void me.refetch()} />
  ) : (
    <Loading what="who you are" />
  );

  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <TopBar me={me.data} />
      <AppLayout
        headerSelector="#top-bar"
        navigation={<SideMenu personas={me.data?.personas} followed={() => !window.matchMedia('(min-width: 1100px)').matches && setMenuOpen(false)} />}
        navigationOpen={menuOpen}
        onNavigationChange={({ detail }) => setMenuOpen(detail.open)}
        navigationWidth={240}
        toolsHide
        notifications={<Connection />}
        stickyNotifications
        splitPanelOpen={panel !== undefined}
        onSplitPanelToggle={({ detail }) => detail.open || panel?.onClose()}
        splitPanelPreferences={{ position: 'side' }}
        splitPanel={panel && <SplitPanelFrame header={panel.header} host={setPanelHost} />}
        ariaLabels={{ navigation: 'Pages', navigationClose: 'Close the menu', navigationToggle: 'Open the menu', notifications: 'Notifications' }}
        content={<div id="content">{content}</div>}
      />
    </>
  );
}
