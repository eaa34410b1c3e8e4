import { compose as composeProvisioning } from '@team/provisioning/compose';
import type { Composers } from '../../infra/local/src/system/compose-services.ts';
import type { Off } from './off.ts';
import { goOn } from './process-clock.ts';
import { quiet } from './quiet.ts';
import { run } from './run.ts';

const both = (...all: readonly Off[]): Off => ({
  functions: (service, name) => all.some((one) => one.functions?.(service, name) === true),
  messages: (message, sender) => all.some((one) => one.messages?.(message, sender) === true),
  deliveries: (event, targetArn) => all.some((one) => one.deliveries?.(event, targetArn) === true),
});

const isEnd = (detailType: string): boolean => detailType === 'AccessExpired.v1' || detailType === 'AccessRevoked.v1';
const repetitionOf = (event: { detail: unknown }): number => (event.detail as { data: { repetition: number } }).data.repetition;
const toProvisioning = (targetArn: string): boolean => targetArn.endsWith(':team-provisioning-inbox');

/** Enqueued up to two minutes ahead, by a commit or by the sweep: comes at the very moment. */
const noDelayedMessage: Off = { messages: ({ delaySeconds }, { service }) => service === 'expiry' && delaySeconds > 0 };
/** What the sweep finds overdue, it enqueues at once. */
const noSweep: Off = { messages: ({ delaySeconds }, { service, name }) => service === 'expiry' && name === 'sweep' && delaySeconds === 0 };
const noRepetition: Off = { deliveries: (event, target) => toProvisioning(target) && isEnd(event['detail-type']) && repetitionOf(event) > 0 };
const noFirstWord: Off = { deliveries: (event, target) => toProvisioning(target) && isEnd(event['detail-type']) && repetitionOf(event) === 0 };
const noWord: Off = { deliveries: (event, target) => toProvisioning(target) && isEnd(event['detail-type']) };
const noReconciler: Off = { functions: (service, name) => service === 'provisioning' && name === 'reconcile' };
/** Provisioning forgets when its assignments are due: no timer of theirs, and nothing of theirs in the sweep. */
const noEndOfItsOwn: Partial<Composers> = {
  provisioning: ({ platform, ...place }) => ({ ...composeProvisioning({ ...platform, ...place }, { dueAt: () => undefined }) }),
};

afterAll(goOn);

describe('each of the triggers ends everything by itself', () => {
  test.each<[string, Off, Partial<Composers>]>([
    ['the delayed message', both(noSweep, noRepetition, noReconciler), noEndOfItsOwn],
    ['the minute sweep', both(noDelayedMessage, noRepetition, noReconciler), noEndOfItsOwn],
    ['the repetition', both(noFirstWord, noReconciler), noEndOfItsOwn],
    ["provisioning's own stored end", both(noWord, noReconciler), {}],
    ['the reconciler', noWord, noEndOfItsOwn],
  ])('%s alone', async (_name, off, composers) => {
    let granted = 0;
    for (let seed = 500; seed < 502; seed += 1) {
      const { violations, lines } = await run(quiet(seed), composers, off);
      expect(violations).toEqual([]);
      granted += lines.filter((line) => line.includes('AccessGranted.v1')).length;
    }
    expect(granted).toBeGreaterThan(5);
  }, 120_000);

  test('expiry wholly dead from the first grant on: whatever was granted ends all the same', async () => {
    const grants = (lines: readonly string[], type: string): string[] => lines.flatMap((line) => new RegExp(`${type} \\S+ (\\S+)`).exec(line)?.[1] ?? []);
    let granted = 0;
    for (let seed = 500; seed < 502; seed += 1) {
      let dead = false;
      const off: Off = {
        functions: (service) => service === 'expiry' && dead,
        deliveries: ({ 'detail-type': detailType }) => {
          dead ||= detailType === 'AccessGranted.v1';
          return false;
        },
      };
      const { violations, lines } = await run(quiet(seed), {}, off);
      granted += grants(lines, 'AccessGranted.v1').length;
      expect(violations.filter(({ rule }) => rule === 'nothingLeftBehind')).toEqual([]);
      expect(grants(lines, 'AccessEnded.v1')).toEqual(expect.arrayContaining(grants(lines, 'AccessGranted.v1')));
    }
    expect(granted).toBeGreaterThan(2);
  }, 120_000);

  test('with all of them off, access stays: the runs above could have failed', async () => {
    const { violations } = await run(quiet(500), noEndOfItsOwn, both(noWord, noReconciler));
    expect(violations).not.toEqual([]);
  }, 60_000);
});
