import { useEffect, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';

/** The time (ms), anew every second. */
export function useNow(clock: () => number = serverNow): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
