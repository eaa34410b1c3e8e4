import { useSettled } from '../../parts/settled.ts';

/** How long no letter of a name is typed before what that person may ask for is looked up (ms). */
const LOOKED_UP_AFTER_MS = 350;

/** Whose list is chosen from, by what is typed for whom it is: nobody's name for one's own. Undefined while somebody's name is being typed. */
export function useWhose(other: string): string | undefined {
  const name = other.trim();
  const settled = useSettled(name, LOOKED_UP_AFTER_MS);
  return name === '' || name === settled ? name : undefined;
}

/** Who may ask, in a sentence: `you`, or the user name of whoever it is for. */
export const you = (whose: string | undefined): string => (whose === undefined || whose === '' ? 'you' : whose);
