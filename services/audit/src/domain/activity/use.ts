/** What was done with a grant, as far as its collection tells. */
export type Use = 'unused' | 'only_reads' | 'used' | 'after_removal' | 'unknown';

/** What a collection found, as its fact says it. */
export interface Found {
  readonly reads: number;
  readonly writes: number;
  readonly afterRemoval: number;
  readonly state: 'complete' | 'partial' | 'missing';
}

/**
 * Holds what was granted against what was used. What was found stands whatever could not be read: a write is a write. That nothing
 * happened, or nothing but reads, is only said where everything could be read.
 */
export function useOf({ reads, writes, afterRemoval, state }: Found): Use {
  if (afterRemoval > 0) return 'after_removal';
  if (writes > 0) return 'used';
  if (state !== 'complete') return 'unknown';
  return reads > 0 ? 'only_reads' : 'unused';
}
