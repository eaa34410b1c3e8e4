import Flashbar from '@cloudscape-design/components/flashbar';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { Time } from '../parts/time.tsx';
import { useNow } from '../parts/now.ts';

const STALE_MS = 30_000;

function onlineChanged(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Says that there is no network, and since when what is shown was not read again. */
export function Connection(): ReactElement {
  const online = useSyncExternalStore(onlineChanged, () => window.navigator.onLine);
  const since = useStaleSince();
  const offline = {
    id: 'offline',
    type: 'warning' as const,
    header: 'You are offline',
    content: 'What you see is what was known before. It goes on by itself when the network is back.',
  };
  const stale = since === undefined ? [] : [{ id: 'stale', type: 'warning' as const, header: 'Not up to date', content: <>What you see is of <Time at={since} seconds />. It is read again by itself.</> }];
  return <Flashbar items={online ? stale : [offline]} />;
}

/** When the oldest answer that is shown was read, where it should have been read again since and was not. */
function useStaleSince(): string | undefined {
  const client = useQueryClient();
  const now = useNow(Date.now);
  const failing = client.getQueryCache().findAll({ type: 'active', predicate: ({ queryKey }) => queryKey[0] === 'requests' || queryKey[0] === 'request' });
  const oldest = Math.min(...failing.filter(({ state }) => state.data !== undefined && state.fetchFailureCount + state.errorUpdateCount > 0).map(({ state }) => state.dataUpdatedAt));
  return now - oldest > STALE_MS && Number.isFinite(oldest) ? new Date(oldest).toISOString() : undefined;
}
