import { isNamed, isOneself } from './involvement.ts';
import type { Named, SignedIn, Standing } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Throws `ERR_MAY_NOT_ASK_FOR_OTHERS` where somebody asks for another and is not among those who may. The request service judges by the same. */
export function requireMayAskFor(other: string | undefined, person: SignedIn, standing: Standing, mayAskForOthers: Named): void {
  if (other === undefined || isOneself(other, person) || isNamed(mayAskForOthers, person, standing)) return;
  throw new Refusal('forbidden', 'ERR_MAY_NOT_ASK_FOR_OTHERS', 'you may ask for yourself alone; let them ask, or have whoever runs TEAM let you ask for others');
}
