import type { Tags } from './directory.ts';
import type { Refreshed } from './refreshed.ts';

/** Tags as AWS lists them, by key. Both APIs require key and value, the types of one of them do not know it. */
export function toTags(listed: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]): Tags {
  return Object.fromEntries(listed.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/**
 * Tags by what bears them, each read when it is first asked for and kept by `keep`. What does not exist is not kept: ids that
 * somebody makes up must not fill the memory.
 */
export function keptTags(
  read: (id: string) => Promise<Tags | undefined>,
  keep: (load: () => Promise<Tags | undefined>) => Refreshed<Tags | undefined>,
): (id: string) => Promise<Tags | undefined> {
  const kept = new Map<string, Refreshed<Tags | undefined>>();
  return async (id) => {
    const one = kept.get(id) ?? keep(() => read(id));
    kept.set(id, one);
    const { value } = await one.current();
    if (value === undefined) kept.delete(id);
    return value;
  };
}
