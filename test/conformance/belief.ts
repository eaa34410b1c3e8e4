import type { Place, PlaceKind } from './place.ts';

/** One thing that the product relies on AWS for, and how it is tried on whatever speaks the AWS APIs. */
export interface Belief {
  /** `service.what`; unique. */
  readonly id: string;
  /** What we believe, in a sentence. */
  readonly says: string;
  /** The page that states it. */
  readonly source: string;
  /** That page does not state it: what the product does then must be right whichever way AWS behaves, and why we think so stands here. */
  readonly notStated?: string;
  /** Places where it is not tried, each with the reason that is printed. */
  readonly untriedOn?: Partial<Readonly<Record<PlaceKind, string>>>;
  /** Takes minutes of real time: outside the local cloud it is tried only with `--slow`, and this is what is printed otherwise. */
  readonly slow?: string;
  /** Rejects where the belief does not hold; a text that it resolves with is printed beside it. Throws `Untried` where it cannot be tried. */
  check(place: Place): Promise<string | void>;
}

/** A belief cannot be tried here, for a reason that is no fault: the message, which is printed. */
export class Untried extends Error {
  override readonly name = 'Untried';
}
