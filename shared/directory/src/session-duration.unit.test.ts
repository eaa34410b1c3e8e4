import { sessionDurationMinutes } from './session-duration.ts';

test.each([
  ['PT1H', 60],
  ['PT8H30M', 510],
  ['PT12H', 720],
  ['PT90M', 90],
  ['PT3600S', 60],
  ['PT1H0M1S', 61],
])('%s lasts %i minutes', (duration, minutes) => {
  expect(sessionDurationMinutes(duration, 'ReadOnlyAccess')).toBe(minutes);
});

const unreadable = ['', 'PT', 'P', 'PT0H', '1H', 'PT1.5H', 'P1D', 'PT30M1H', 'pt1h', 'PT1H ', 'PT-1H'];

test.each(unreadable)('refuses "%s" and names the permission set', (duration) => {
  expect(() => sessionDurationMinutes(duration, 'ReadOnlyAccess')).toThrow(
    expect.objectContaining({ code: 'ERR_DIRECTORY_ANSWER', retryable: false, message: expect.stringContaining('ReadOnlyAccess') }),
  );
});
