import type { ReactElement } from 'react';
import { leftInWords } from './duration.ts';
import { useNow } from './now.ts';

/** What is left until `until`, by the server's clock. It is no live region: nobody wants to hear every second. */
export function Countdown({ until, over = 'any moment now' }: { until: string; over?: string }): ReactElement {
  const left = Date.parse(until) - useNow();
  return (
    <span role="timer" aria-live="off" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {left > 0 ? leftInWords(left) : over}
    </span>
  );
}
