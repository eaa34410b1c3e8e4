import { approve, confirmed, granted, judge, revoke, scenario } from '../../test/scenario.ts';
import type { Command } from './decide.ts';

const said = { approved: approve(), revoked: revoke(), granted: granted(6), ended: confirmed() } as const satisfies Record<string, Command>;
type Name = keyof typeof said;

function permutations(names: readonly Name[]): Name[][] {
  return names.length === 0
    ? [[]]
    : names.flatMap((first) => permutations(names.filter((name) => name !== first)).map((rest) => [first, ...rest]));
}

const orders = permutations(['approved', 'revoked', 'granted', 'ended']).map((order) => ({ order, name: order.join(', ') }));

/** Says all four in this order, judging as the service does: whenever a revocation stands and the approval is known. */
function run(order: readonly Name[], entitled: boolean) {
  const request = scenario();
  const facts = order.flatMap((name) => {
    const published = request.say(7, said[name]);
    const judged = request.state?.approval !== undefined && request.state.unjudged.length > 0 ? request.say(7, judge(entitled)) : [];
    return [...published, ...judged];
  });
  return { request, facts, before: (one: Name, other: Name) => order.indexOf(one) < order.indexOf(other) };
}

describe('approved, revoked, granted, ended, in every order', () => {
  it.each(orders)('$name: one final status, and silence ever after', ({ order }) => {
    const { request } = run(order, true);
    expect(['ended', 'revoked']).toContain(request.status());
    expect(request.wait(100_000)).toEqual([]);
    for (const command of Object.values(said)) expect(request.say(100_000, command)).toEqual([]);
  });

  it.each(orders)('$name: opened only by an approval that nothing came before', ({ order }) => {
    const { facts } = run(order, true);
    const opened = facts.filter(({ type }) => type === 'AccessWindowOpened.v1');
    expect(opened).toHaveLength(order[0] === 'approved' ? 1 : 0);
  });

  it.each(orders)('$name: revoked where approval and revocation come before the end', ({ order }) => {
    const { request, facts, before } = run(order, true);
    const inTime = before('approved', 'ended') && before('revoked', 'ended');
    expect(facts.filter(({ type }) => type === 'AccessRevoked.v1')).toHaveLength(inTime ? 1 : 0);
    expect(request.status()).toBe(inTime ? 'revoked' : 'ended');
  });

  it.each(orders)('$name: a revocation that is not entitled is refused once and ends nothing', ({ order }) => {
    const { request, facts } = run(order, false);
    expect(facts.filter(({ type }) => type === 'AccessRevocationRefused.v1')).toHaveLength(1);
    expect(facts.filter(({ type }) => type === 'AccessRevoked.v1')).toHaveLength(0);
    expect(request.status()).toBe('ended');
  });
});
