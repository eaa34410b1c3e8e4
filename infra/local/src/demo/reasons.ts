import type { SeenEvent } from '../play/world.ts';

/** Codes of the reasons that an event gives. */
export const codes = ({ detail }: SeenEvent): string[] => codesIn(detail.data);

/** Codes of the reasons in an event's data. */
export function codesIn({ reasons, reason }: Readonly<Record<string, unknown>>): string[] {
  const given: unknown[] = Array.isArray(reasons) ? reasons : [reason];
  return given.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
}
