import AppLayout from '@cloudscape-design/components/app-layout-toolbar';
import { Suspense, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { Outlet, useLocation } from 'react-router';
import { ProblemError } from '../api/problem-error.ts';
import { useMe } from '../api/queries.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
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
  const [menuOpen, setMenuOpen] = useState(isWide);
  const toggled = useRef(false);
  const [panel, setPanel] = useState<SplitPanelState>();
  const [panelHost, setPanelHost] = useState<HTMLElement | null>(null);
  useFocusOnNavigation();

  const touch = ({ target }: { target: EventTarget }): void => {
    toggled.current = target instanceof Element && target.closest('[aria-label="Open the menu"], [aria-label="Close the menu"]') !== null;
  };
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
    <div onPointerDownCapture={touch} onKeyDownCapture={touch}>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <TopBar me={me.data} />
      <AppLayout
        headerSelector="#top-bar"
        navigation={<SideMenu personas={me.data?.personas} followed={() => !isWide() && setMenuOpen(false)} />}
        navigationOpen={menuOpen}
        onNavigationChange={({ detail }) => {
          // The layout closes the menu for want of room before it has measured the room there is.
          if (detail.open || toggled.current || !isWide()) setMenuOpen(detail.open);
        }}
        navigationWidth={240}
        toolsHide
        breadcrumbs={<Breadcrumbs />}
        notifications={<Connection />}
        stickyNotifications
        splitPanelOpen={panel !== undefined}
        onSplitPanelToggle={({ detail }) => detail.open || panel?.onClose()}
        splitPanelPreferences={{ position: 'side' }}
        splitPanel={panel && <SplitPanelFrame header={panel.header} host={setPanelHost} />}
        ariaLabels={{ navigation: 'Pages', navigationClose: 'Close the menu', navigationToggle: 'Open the menu', notifications: 'Notifications' }}
        content={<div id="content">{content}</div>}
      />
    </div>
  );
}

/** Wide enough for a menu that stays open beside the page. */
function isWide(): boolean {
  return window.matchMedia('(min-width: 1100px)').matches;
}
