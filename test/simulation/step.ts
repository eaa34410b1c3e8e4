import type { SeenEvent } from '../../infra/local/src/play/world.ts';
import type { Act } from './plan.ts';
import type { Scene } from './scene.ts';

type ActOf<Do extends Act['do']> = Extract<Act, { do: Do }>;
/** Does one thing of the plan; gives what was done, or undefined where there was nothing to do it to. */
export type Perform<Do extends Act['do']> = (scene: Scene, act: ActOf<Do>, nth: number) => string | undefined | Promise<string | undefined>;

/** The one of a list that a number names. */
export const pick = <T>(list: readonly T[], n: number): T | undefined => (list.length === 0 ? undefined : list[n % list.length]);

/** Mostly those that something comes of, even if there are none; once in so many times any. */
export const mostly = <T>(n: number, fitting: readonly T[], all: readonly T[], anyOneIn = 8): readonly T[] => (n % anyOneIn === 0 ? all : fitting);

/** People as the directory knows them now. */
export const people = ({ directory }: Scene) => [...directory.users.values()];
export const membersOf = ({ directory }: Scene, groupId: string): string[] =>
  [...directory.memberships.values()].flatMap((one) => (one.GroupId === groupId ? [one.MemberId.UserId] : []));

export const last = (scene: Scene, requestId: string, detailType: string): SeenEvent | undefined =>
  scene.events.findLast((event) => event.detailType === detailType && event.detail.metadata['requestId'] === requestId && !scene.forged.has(String(event.detail.metadata['eventId'])));
