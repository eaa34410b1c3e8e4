import { safeHref } from './safe-href.ts';

const here = 'https://team.example';

describe('an address for a link', () => {
  it.each([['/requests', `${here}/requests`], ['https://login.example/out', 'https://login.example/out'], ['http://127.0.0.1:8042/', 'http://127.0.0.1:8042/']])('may be %s', (address, href) => {
    expect(safeHref(address, here)).toBe(href);
  });

  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'blob:x', 'vbscript:x', 'http://'])('may not be %s', (address) => {
    expect(safeHref(address, here)).toBeUndefined();
  });
});
