import { useCallback, useSyncExternalStore } from 'react';

/** A value that this browser keeps for the reader. Nothing depends on it: without storage, it lasts as long as the page. */
export interface Stored<Value> {
  readonly read: () => Value;
  readonly write: (value: Value) => void;
  readonly subscribe: (changed: () => void) => () => void;
}

/**
 * What is kept under `key`. What stands there may be of an older version or of somebody's hand, so `parse` gives back only what it knows.
 *
 * @example const dark = stored('team.dark', (value) => value === true, false)
 */
export function stored<Value>(key: string, parse: (value: unknown) => Value | undefined, fallback: Value): Stored<Value> {
  let current = load(key, parse) ?? fallback;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((changed) => changed());
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    current = load(key, parse) ?? fallback;
    tell();
  });
  return {
    read: () => current,
    write: (value) => {
      current = value;
      keep(key, value);
      tell();
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

function load<Value>(key: string, parse: (value: unknown) => Value | undefined): Value | undefined {
  try {
    const text = window.localStorage.getItem(key);
    return text === null ? undefined : parse(JSON.parse(text));
  } catch {
    // Storage is forbidden, or holds no JSON.
    return undefined;
  }
}

function keep(key: string, value: unknown): boolean {
  try {
    window.localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    // Storage is forbidden or full; the value lasts as long as the page.
    return false;
  }
}

export function useStored<Value>({ read, write, subscribe }: Stored<Value>): [Value, (value: Value) => void] {
  const value = useSyncExternalStore(subscribe, read);
  return [value, useCallback(write, [write])];
}
