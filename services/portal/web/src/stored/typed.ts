/** Where what is typed is kept: `sessionStorage` of the tab. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'team.typed ';

/**
 * What somebody typed and has not sent, kept in this tab while they sign in again: by person and address, so that nobody finds another's
 * words, nor those of another page. Without storage it is lost with the page.
 *
 * @example typed(sessionStorage, 'ana', '/request?again=…').keep({ justification: 'the queue' })
 */
export function typed(storage: TabStorage, userName: string, address: string): { readonly read: () => unknown; readonly keep: (value: unknown) => void } {
  const key = `${PREFIX}${JSON.stringify([userName, address])}`;
  return {
    read: () => {
      try {
        const text = storage.getItem(key);
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        // Storage is forbidden, or holds no JSON.
        return undefined;
      }
    },
    keep: (value) => {
      try {
        if (value === undefined) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify(value));
      } catch {
        // Storage is forbidden or full; what is typed lasts as long as the page.
        return;
      }
    },
  };
}

/** Forgets what anybody typed in this tab: whoever signs out leaves nothing to the next. */
export function forgetTyped(storage: TabStorage): void {
  const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place));
  for (const key of keys) if (key?.startsWith(PREFIX) === true) storage.removeItem(key);
}
