import { kept } from '@team/runtime';
import { folded } from '../domain/same.ts';
import { isOneself } from './involvement.ts';
import { requireMayAskFor } from './may-ask-for.ts';
import type { FindUser, Named, People, SignedIn, Whose } from './ports.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

interface WhosePorts {
  readonly people: People;
  readonly findUser: FindUser;
  readonly mayAskForOthers: Named;
  /** ms since the epoch */
  readonly now: () => number;
}

/** A name is looked up once in so long, as a page goes on or a letter more is typed (ms); as long as what they may ask for is remembered. */
const rememberedMs = 60_000;

/**
 * Whose list somebody looks at: their own, or that of whom they name, where they may ask for others. Whoever may not learns nothing from the refusal,
 * not even whether there is anybody of that name.
 *
 * @throws ERR_MAY_NOT_ASK_FOR_OTHERS, ERR_USER_UNKNOWN, ERR_USER_DISABLED
 */
export function whoseList({ people, findUser, mayAskForOthers, now }: WhosePorts): (named: string | undefined, person: SignedIn) => Promise<Whose> {
  const find = kept({ now, maxAgeMs: rememberedMs, keyOf: folded }, findUser);
  return async (named, person) => {
    if (named === undefined || isOneself(named, person)) return person;
    requireMayAskFor(named, person, await standingOf(people, person, 'recent'), mayAskForOthers);
    const user = await find(named);
    if (user === undefined) throw new Refusal('invalid', 'ERR_USER_UNKNOWN', `the identity store has no user "${named}", or several; give the user name as it stands there, or the user id`);
    if (!user.enabled) throw new Refusal('invalid', 'ERR_USER_DISABLED', `${user.userName} is disabled in the identity store, and may ask for nothing`);
    return { userId: user.id, userName: user.userName };
  };
}
