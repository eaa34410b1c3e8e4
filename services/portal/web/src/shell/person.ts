import { createContext, use } from 'react';
import type { Me } from '../../../api/src/contract/index.ts';

export const PersonContext = createContext<Me | undefined>(undefined);

/** Who is signed in. Only pages within the shell ask, and the shell shows no page before it knows. */
export function usePerson(): Me {
  const me = use(PersonContext);
  if (!me) throw new Error('a page stands outside the shell, which knows who is signed in');
  return me;
}
