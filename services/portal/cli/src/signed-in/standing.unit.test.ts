import { activeFor, detailOf, grantOf, place, timestamp } from '../../test/portal-answers.ts';
import { standingAt, whatToDo } from './standing.ts';

const first = '3f2a1b4c-0000-4000-8000-000000000001';
const second = '3f2a1b4c-0000-4000-8000-000000000002';
const wanted = { minutes: 60, remaining: 30 };
const todo = (...details: ReturnType<typeof detailOf>[]) => whatToDo(standingAt(details, place, timestamp), wanted);

it('asks where there is nothing', () => {
  expect(todo()).toEqual({ what: 'ask', minutes: 60, extends: undefined, left: 0 });
});

it('does nothing where enough is left, also while more is on its way', () => {
  expect(todo(activeFor(30))).toMatchObject({ what: 'nothing', left: 30 });
  expect(todo(activeFor(30), detailOf({ requestId: second }, { extends: first }))).toMatchObject({ what: 'nothing' });
});

it('extends what ends too soon, up to what is wanted', () => {
  expect(todo(activeFor(29.5))).toEqual({ what: 'ask', minutes: 31, extends: first, left: 29 });
});

it('extends the extension, and not what that extends', () => {
  expect(todo(activeFor(10), activeFor(10, { requestId: second }, { extends: first }))).toMatchObject({ what: 'ask', extends: second });
  // What asks to extend it and is not had yet is no reason to take it for extended.
  expect(todo(activeFor(10), detailOf({ requestId: second, status: 'denied' }, { extends: first }))).toMatchObject({ what: 'ask', extends: first });
});

it('asks anew beside break glass, which nothing extends by itself', () => {
  expect(todo(activeFor(10, { breakGlass: true }))).toEqual({ what: 'ask', minutes: 60, extends: undefined, left: 10 });
});

it('waits for what was asked for, the latest', () => {
  expect(todo(detailOf(), detailOf({ requestId: second, askedAt: '2026-11-30T10:00:01.000Z' }))).toEqual({ what: 'wait', requestId: second });
  expect(todo(activeFor(10), detailOf({ requestId: second }, { extends: first }))).toEqual({ what: 'wait', requestId: second });
  expect(todo(detailOf({ status: 'activating' }, { grants: [grantOf({ status: 'activating' })] }))).toMatchObject({ what: 'wait' });
});

it('does not wait for what begins another day, nor for another place', () => {
  expect(todo(detailOf({ startAt: '2026-12-01T10:00:00.000Z' }))).toMatchObject({ what: 'ask' });
  expect(todo(detailOf({ status: 'scheduled', startAt: '2026-12-01T10:00:00.000Z' }, { grants: [grantOf({ status: 'scheduled' })] }))).toMatchObject({ what: 'ask' });
  expect(todo(detailOf({ status: 'active' }, { grants: [grantOf({ accountId: '111122223333', endsAt: '2026-12-01T10:00:00.000Z' })] }))).toMatchObject({ what: 'ask' });
});

it('asks where a grant of several failed at this place', () => {
  expect(todo(detailOf({ status: 'active' }, { grants: [grantOf({ status: 'failed' })] }))).toMatchObject({ what: 'ask', extends: undefined });
});
