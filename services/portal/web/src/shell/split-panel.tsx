import { createContext, lazy, Suspense, use, useEffect, useEffectEvent } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { createPortal } from 'react-dom';

const SplitPanel = lazy(() => import('@cloudscape-design/components/split-panel'));

export interface SplitPanelState {
  readonly header: string;
  readonly onClose: () => void;
}

/** The panel belongs to the layout and its content to a page: the page's content is put into an element of the panel. */
export const SplitPanelContext = createContext<{ host: HTMLElement | null; show: (panel: SplitPanelState | undefined) => void }>({
  host: null,
  show: () => undefined,
});

export function SplitPanelFrame({ header, host }: { header: string; host: (element: HTMLElement | null) => void }): ReactElement {
  return (
    <Suspense fallback={null}>
      <SplitPanel header={header} closeBehavior="hide" hidePreferencesButton>
        <div ref={host} />
      </SplitPanel>
    </Suspense>
  );
}

/** Shows its children in the panel beside the page for as long as it is rendered. */
export function InSplitPanel({ header, onClose, children }: { header: string; onClose: () => void; children: ReactNode }): ReactNode {
  const { host, show } = use(SplitPanelContext);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    show({ header, onClose: () => close() });
  }, [header, show]);
  useEffect(() => () => show(undefined), [show]);
  return host ? createPortal(children, host) : null;
}
