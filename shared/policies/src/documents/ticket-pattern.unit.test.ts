import { ticketPatternFault } from './ticket-pattern.ts';

test.each(['(INC|CHG)\\d{7}', '[A-Z][A-Z0-9]+-\\d+', 'SD-[0-9]{1,9}', '(?:INC|CHG)?\\d+', '[(|)+*]+', '\\(a\\|b\\)+', '.+', 'SD-\\d+|SD-\\d+-[a-z]+|INC\\d+|CHG\\d+', '(?:INC-?|CHG-?|REQ-?)(-|_)\\d{1,9}?', '[*+?]a?b?c?\\*\\+\\?'])('takes %s', (pattern) => {
  expect(ticketPatternFault(pattern)).toBeUndefined();
});

test.each([
  ['(', /no regular expression/],
  ['a)|(b', /no regular expression/],
  ['\\-', /no regular expression/],
  ['(a+)+', /very long/],
  ['(a?)*', /very long/],
  ['SD-\\d+(-[a-z]+)?', /within what is repeated or optional/],
  ['(a|a)+', /very long: it repeats a choice/],
  ['((a|a))*', /very long: it repeats a choice/],
  ['(a|ab){3,}', /very long: it repeats a choice/],
  ['(.*)\\1', /refers back/],
  ['a*a*a*a*a*a*a*a*a*', /more than 8 times/],
  ['\\d*\\d*\\d*\\d*x', /more than 3 times in a row/],
  ['a+?(?:b|a{0,60}(?<rest>a{1,})a*)b', /more than 3 times in a row/],
  ['(?=a*a*a*a*b)a', /more than 3 times in a row/],
  ['a?a?a??a?b', /more than 3 optional things/],
  ['(a|a)(a|a)((?:a|a)(a|a))b', /more than 3 optional things \(\?\) and choices/],
])('refuses %s', (pattern, reason) => {
  expect(ticketPatternFault(pattern)).toMatch(reason);
});

it('holds the worst of those that it takes against the longest ticket in far less than a second', () => {
  const worst = 'a?a?a?a*a*a*b';
  expect(ticketPatternFault(worst)).toBeUndefined();
  const begun = performance.now();
  expect(new RegExp(`^(?:${worst})$`, 'u').test('a'.repeat(128))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
