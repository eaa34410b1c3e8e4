import type { KeyboardEvent } from 'react';
import type { Verdict } from '../../parts/decide-modal.tsx';

const verdicts: ReadonlyMap<string, Verdict> = new Map([['a', 'approve'], ['d', 'deny']]);

/** What a key decides; nothing while somebody types. It works only where the table has the focus (WCAG 2.2, 2.1.4). */
export function keyOfVerdict({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent<HTMLElement>): Verdict | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const types = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');
  const inTable = target instanceof Element && target.closest('table') !== null;
  return inTable && !types ? verdicts.get(key) : undefined;
}

/** The request in whose row the focus is. */
export function rowUnderFocus(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest('tr')?.querySelector<HTMLElement>('[data-request-id]')?.dataset['requestId'] : undefined;
}
