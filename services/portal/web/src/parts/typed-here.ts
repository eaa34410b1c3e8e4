import { useMemo } from 'react';
import { useLocation } from 'react-router';
import { usePerson } from '../shell/person.ts';
import { typed } from '../stored/typed.ts';

/** What the person typed at this address, of this part of the page: there again after signing in anew. */
export function useTyped(part: string): ReturnType<typeof typed> {
  const { userName } = usePerson();
  const { pathname, search } = useLocation();
  return useMemo(() => typed(window.sessionStorage, userName, `${pathname}${search} ${part}`), [userName, pathname, search, part]);
}
