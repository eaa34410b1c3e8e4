import type { ListKey } from '../application/ports.ts';
import { folded } from './same.ts';

/** What a list is of, before the ids that tell one from another. */
type Kind =
  | 'all'
  | 'active'
  | 'status'
  | 'account'
  | 'person'
  | 'own'
  | 'machine'
  | 'extends'
  | 'unjudged'
  | 'for-group'
  | 'for-user'
  | 'review-group'
  | 'review-user'
  | 'decided'
  | 'decided-for'
  | 'reviewed'
  | 'ends-group'
  | 'ends-user';

/** Name of a list, the same in whatever letters an id or name of a person or group is written. */
export const listKey = (kind: Kind, ...of: readonly string[]): ListKey => [kind, ...of.map(folded)].join('#');
