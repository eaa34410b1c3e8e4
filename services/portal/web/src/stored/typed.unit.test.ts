import { forgetTyped, typed, type TabStorage } from './typed.ts';

function tab(): TabStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (place) => [...kept.keys()][place] ?? null,
    get length() {
      return kept.size;
    },
  };
}

describe('what somebody typed and has not sent', () => {
  it('is there again for the same person at the same address, and for nobody and nowhere else', () => {
    const storage = tab();
    typed(storage, 'ana', '/request?extends=1').keep('more time');
    expect(typed(storage, 'ana', '/request?extends=1').read()).toBe('more time');
    expect([typed(storage, 'ben', '/request?extends=1').read(), typed(storage, 'ana', '/request').read()]).toEqual([undefined, undefined]);
  });

  it('is gone when it was sent', () => {
    const storage = tab();
    typed(storage, 'ana', '/request').keep('x');
    typed(storage, 'ana', '/request').keep(undefined);
    expect([typed(storage, 'ana', '/request').read(), storage.length]).toEqual([undefined, 0]);
  });

  it('is gone when somebody signs out, whoever typed it; what else is kept stays', () => {
    const storage = tab();
    for (const [person, address] of [['ana', '/a'], ['ana', '/b'], ['ben', '/a']] as const) typed(storage, person, address).keep('x');
    storage.setItem('other', '1');
    forgetTyped(storage);
    expect([storage.length, storage.getItem('other')]).toEqual([1, '1']);
  });

  it('is nothing where storage holds no JSON, or is forbidden', () => {
    const forbidden: TabStorage = { ...tab(), getItem: () => { throw new Error('forbidden'); } };
    expect(typed(forbidden, 'ana', '/a').read()).toBeUndefined();
    expect(typed({ ...tab(), getItem: () => '{' }, 'ana', '/a').read()).toBeUndefined();
  });
});
