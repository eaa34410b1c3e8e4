import { leftInWords, minutesInWords, secondsInWords } from './duration.ts';

describe('spans of time in words', () => {
  it.each([[0, '0 min'], [45, '45 min'], [60, '1 h'], [90, '1 h 30 min'], [1_440, '1 d'], [1_501, '1 d 1 h 1 min']])('%s minutes are %s', (minutes, words) => {
    expect(minutesInWords(minutes)).toBe(words);
  });

  it.each([[-5, '0:00 min'], [999, '0:01 min'], [65_000, '1:05 min'], [3_599_000, '59:59 min'], [3_725_000, '1 h 2 min']])('what is left of %s ms is %s', (milliseconds, words) => {
    expect(leftInWords(milliseconds)).toBe(words);
  });

  it('tells seconds as coarsely as they are many', () => {
    expect([secondsInWords(12.4), secondsInWords(210), secondsInWords(4_100)]).toEqual(['12 s', '4 min', '1 h 8 min']);
  });
});
