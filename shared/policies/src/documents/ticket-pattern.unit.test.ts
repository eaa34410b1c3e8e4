import { ticketPatternFault } from './ticket-pattern.ts';

test.each(['(INC|CHG)\\d{7}', '[A-Z][A-Z0-9]+-\\d+', 'SD-[0-9]{1,9}', '(?:INC|CHG)?\\d+', '[(|)+*]+', '\\(a\\|b\\)+', '.+'])('takes %s', (pattern) => {
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
])('refuses %s', (pattern, reason) => {
  expect(ticketPatternFault(pattern)).toMatch(reason);
});
