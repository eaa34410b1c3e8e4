import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

const LOOK_MS = 50;
const LOOKS = 40;

/** After a page changed, its heading has the focus, so that a screen reader reads where one is (WCAG 2.2, 2.4.3); pages load a little later. */
export function useFocusOnNavigation(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return undefined;
    before.current = pathname;
    window.scrollTo(0, 0);
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      const heading = document.querySelector<HTMLElement>('#content h1');
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      if (heading || looks >= LOOKS) clearInterval(timer);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [pathname]);
}
