import { pauseBefore } from './call.ts';
import { problemOf } from './problem-error.ts';

const told = (header: string | undefined): Promise<Error> => problemOf(new Response('{}', { status: 503, headers: header === undefined ? {} : { 'retry-after': header } }));

it.each<[string, string | undefined, number, number]>([
  ['as the server says', '7', 0, 7_000],
  ['as the server says, whichever try it is', '7', 3, 7_000],
  ['a minute at most', '3600', 0, 60_000],
  ['longer each time where nobody says', undefined, 2, 4_000],
  ['likewise where it is no number', 'Mon, 30 Nov 2026 10:00:00 GMT', 0, 1_000],
])('it is tried again %s', async (_, header, count, expected) => {
  expect(pauseBefore(count, await told(header))).toBe(expected);
});
