import { ownPath } from './return-path.ts';

const origin = 'https://team.example';

test.each([
  ['/', '/'],
  ['/requests/1?tab=story#end', '/requests/1?tab=story#end'],
  ['/search?next=https://evil.example', '/search?next=https://evil.example'],
  ['/a/../b', '/b'],
  ['/a b', '/a%20b'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
  ['/authors', '/authors'],
])('%j leads to a path of ours', (given, path) => {
  expect(ownPath(given, origin)).toBe(path);
});

test.each([
  ['', 'nothing'],
  ['requests', 'relative to where it stands'],
  ['https://evil.example/', 'another site'],
  ['https://team.example/', 'our own, but not as a path'],
  ['https:evil.example', 'a scheme without slashes'],
  ['javascript:alert(1)', 'a script'],
  ['//evil.example', 'a host without scheme'],
  ['///evil.example', 'the same with more slashes'],
  ['/\\evil.example', 'a backslash, which browsers read as a slash'],
  ['\\\\evil.example', 'two of them'],
  ['/\t/evil.example', 'a tab, which browsers drop'],
  ['/\n/evil.example', 'a line end, which browsers drop'],
  ['/.//evil.example', 'a host once the dot is resolved'],
  ['/a/..//evil.example', 'a host once the dots are resolved'],
  ['/%2e//evil.example', 'a host once the encoded dot is resolved'],
  ['/auth/sign-in', 'the sign-in itself'],
  ['/x/../auth/sign-out', 'the sign-out, in a roundabout way'],
  [`/${'a'.repeat(2_000)}`, 'longer than any of ours'],
])('%j is refused: %s', (given) => {
  expect(ownPath(given, origin)).toBeUndefined();
});
