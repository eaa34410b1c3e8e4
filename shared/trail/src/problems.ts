/**
 * What can be wrong with a chain.
 * `changed`: a record, or its place, is not what was written · `missing`: a place without its record · `doubled`: a record stands
 * there a second time · `reordered`: a record stands at another one's place · `truncated`: the end is cut off, or the head set back ·
 * `foreign`: a record of another chain, or of none · `unchained`: a record without a place, longer than it should be ·
 * `missing-checkpoint`: an hour that is over has none · `forged-checkpoint`: one that was not signed so, or does not continue the one before.
 */
export type ProblemKind =
  | 'changed' | 'missing' | 'doubled' | 'reordered' | 'truncated' | 'foreign' | 'unchained' | 'missing-checkpoint' | 'forged-checkpoint';

export interface Problem {
  /** The chain; `checkpoints` for what is wrong with one of these, whose number is `seq`. */
  readonly chain: string;
  readonly seq?: number;
  readonly kind: ProblemKind;
  /** For people: what is wrong, and with which record. */
  readonly message: string;
}

/** What looking at one chain, or at many, found. */
export interface Findings {
  /** Records looked at. */
  readonly records: number;
  readonly problems: readonly Problem[];
  /** Problems found beyond those listed. */
  readonly omitted: number;
}

/** As many problems are listed; more are only counted, so that a wrecked trail still gets an answer of bounded size. */
export const maximumProblems = 200;

/** Findings of two looks as one. */
export function together(one: Findings, other: Findings): Findings {
  const problems = [...one.problems, ...other.problems];
  return {
    records: one.records + other.records,
    problems: problems.slice(0, maximumProblems),
    omitted: one.omitted + other.omitted + Math.max(0, problems.length - maximumProblems),
  };
}
