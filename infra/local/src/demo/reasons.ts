import type { SeenEvent } from '../play/world.ts';

/** Codes of the reasons that an event gives. */
export function codes({ detail }: SeenEvent): string[] {
  const { reasons, reason } = detail.data;
  const given: unknown[] = Array.isArray(reasons) ? reasons : [reason];
  return given.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
}
