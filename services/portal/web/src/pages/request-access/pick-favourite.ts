import { nothingChosen, type Chosen } from './draft.ts';
import { nameOf, type Favourite } from './favourite.ts';
import { you } from './for-whom.ts';

interface Picking {
  /** Whose list it is looked up in. */
  readonly whose: string | undefined;
  /** What of it may be asked for now. */
  readonly find: (favourite: Favourite) => Promise<Chosen>;
  /** Says whether it did: not where the request is for somebody else by now. */
  readonly add: (found: Chosen) => boolean;
}

/** Adds a favourite where it may still be asked for. @returns what became of that, in words */
export async function pickFavourite(favourite: Favourite, { whose, find, add }: Picking): Promise<string> {
  const name = nameOf(favourite);
  try {
    const found = await find(favourite);
    if (nothingChosen(found)) return `${whose === '' ? 'You' : you(whose)} may not ask for ${name} any more.`;
    return add(found) ? `${name} was added.` : `${name} was not added: you changed for whom it is.`;
  } catch (error) {
    return `${name} could not be looked up: ${error instanceof Error ? error.message : String(error)}`;
  }
}
