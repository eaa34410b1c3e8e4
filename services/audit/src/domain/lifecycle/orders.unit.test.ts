import fc from 'fast-check';
import { at, assignment, emeka, fact, grantId, minute, over, requestId, start, target, used, watcher, wholeLife, wren } from '../../../test/life.ts';
import { follow } from './evolve.ts';
import type { Fact } from './facts.ts';
import { statusOf, type Lifecycle } from './state.ts';
import { newTerms, termsOf } from './terms.ts';

const now = start + 10 * 60 * minute;
const hear = (facts: readonly Fact[]): Lifecycle | undefined => facts.reduce<Lifecycle | undefined>((state, one) => follow(state, one, now), undefined);
/** Without what only says when this service heard it. */
const known = (facts: readonly Fact[]) => {
  const { wishedAt: _, ...lifecycle } = hear(facts.filter(({ said }) => said.type !== 'wished')) ?? {};
  return lifecycle;
};

describe('a lifecycle', () => {
  it('is the same in whatever order its events come, and how often', () => {
    const doubled = [...wholeLife, ...wholeLife.slice(3, 7), used(9, 1, 300)];
    fc.assert(
      fc.property(fc.shuffledSubarray(doubled, { minLength: doubled.length }), (facts) => {
        expect(known(facts)).toEqual(known(doubled));
      }),
    );
  });

  it('is not written again by what it has heard', () => {
    const state = hear(wholeLife);
    for (const one of wholeLife) expect(state && follow(state, one, now + 1)).toBe(state);
  });

  it('is found under everything that was known of it on the way, whatever came first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...wholeLife], { minLength: wholeLife.length }), (facts) => {
        const found = new Set<string>();
        let state: Lifecycle | undefined;
        for (const one of facts) {
          const next = follow(state, one, now);
          for (const { term, at: key } of newTerms(next, state)) found.add(`${term} ${key}`);
          state = next;
        }
        expect(state === undefined ? [] : termsOf(state).filter(({ term, at: key }) => !found.has(`${term} ${key}`))).toEqual([]);
      }),
    );
  });

  it('has the terms that people ask for', () => {
    const terms = termsOf(hear(wholeLife) as Lifecycle);
    expect(new Set(terms.map(({ at: key }) => key))).toEqual(new Set([`${at(0)}#${requestId}`]));
    expect(terms.map(({ term }) => term).toSorted()).toEqual(
      [
        'all', `person#${wren.userId}`, 'person#wren.kowalski@acme.example', `approver#${emeka.userId}`, `approver#${emeka.userName}`, `account#${target.accountId}`,
        `permission-set#${target.permissionSetArn.toLowerCase()}`, 'permission-set#readonlyaccess', 'ticket#ops-1207', 'emitter#deploy-pipeline', 'quick#600', 'quick#3600', 'only-reads',
        `reach#${target.accountId}#2026-03-02T06`, `held#${wren.userId}#2026-03`, 'held#wren.kowalski@acme.example#2026-03',
      ].toSorted(),
    );
  });

  it('does not believe what provisioning says of another assignment under its ids, whichever comes first', () => {
    const forged = fact(1, { type: 'granted', grantId, assignment: { ...assignment, accountId: '999999999999' }, at: at(1), how: 'created', endsAt: at(600) }, 'AccessGranted.v1');
    const accepted = wholeLife[1] as Fact;
    expect(hear([forged, accepted])?.grants[grantId]).toEqual({ target });
    expect(hear([accepted, forged])?.grants[grantId]).toEqual({ target });
  });

  it('that stands beyond its end is found on each day for as long as it does', () => {
    const watch = watcher({ collectsActivity: false });
    watch.hear(start + 64 * minute, ...wholeLife.slice(0, 8));
    watch.pass(start + 5 * 24 * 60 * minute);
    const reach = () => termsOf(watch.state() as Lifecycle).flatMap(({ term }) => (term.startsWith('reach#') ? [term.slice(-13)] : []));
    expect(reach()).toEqual(expect.arrayContaining(['2026-03-02T06', '2026-03-04T00', '2026-03-07T06']));
    watch.hear(start + 6 * 24 * 60 * minute, over);
    expect(watch.due()).toBeUndefined();
    expect(statusOf(watch.state() as Lifecycle)).toEqual(['ended']);
  });
});
