import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly endsAt: number;
}

/** Of what the provider keeps under a grant: it goes with it. */
const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode']);

/**
 * Where the local provider keeps sessions, codes and grants: in memory, on purpose. It starts empty, so that after a restart everybody signs
 * in again. The provider tells time by the machine's clock, whatever the time of the local run is, and so does this.
 */
export function keptInMemory(): AdapterFactory {
  const kept = new Map<string, Kept>();
  const found = (key: string): AdapterPayload | undefined => {
    const one = kept.get(key);
    if (one === undefined || Date.now() < one.endsAt) return one?.payload;
    kept.delete(key);
    return undefined;
  };
  const sweep = (): void => {
    for (const [key, { endsAt }] of kept) if (endsAt <= Date.now()) kept.delete(key);
  };

  return (model): Adapter => {
    const keyOf = (id: string): string => `${model}:${id}`;
    const findBy = (field: 'uid' | 'userCode', value: string): AdapterPayload | undefined => {
      const key = [...kept.keys()].find((one) => one.startsWith(keyOf('')) && found(one)?.[field] === value);
      return key === undefined ? undefined : found(key);
    };
    return {
      async upsert(id, payload, expiresIn) {
        sweep();
        kept.set(keyOf(id), { payload, endsAt: expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000 });
      },
      find: async (id) => found(keyOf(id)),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      async consume(id) {
        const one = kept.get(keyOf(id));
        if (one !== undefined) kept.set(keyOf(id), { ...one, payload: { ...one.payload, consumed: Math.floor(Date.now() / 1000) } });
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) {
          if (payload.grantId === grantId && grantable.has(key.slice(0, key.indexOf(':')))) kept.delete(key);
        }
      },
    };
  };
}
