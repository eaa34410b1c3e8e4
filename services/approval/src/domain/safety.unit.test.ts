import fc from 'fast-check';
import { asking, decision, idOf, inApproval, person, policy, request, start } from '../../test/scenario.ts';
import type { Command } from './commands.ts';
import type { ApprovalEvent } from './events.ts';
import { includes } from './people.ts';
import type { PolicyProgress } from './progress.ts';

const groups = ['leads', 'security', 'owners'];
const names = ['dana', 'olga', 'anna', 'ben', 'carl', 'eve'];
const targets = ['ledger', 'vault', 'site'];

const principals = fc.record({ groups: fc.subarray(groups), people: fc.subarray(names) });
const anyStage = fc
  .record({ approvers: principals, quorum: fc.integer({ min: 1, max: 3 }) })
  .map(({ approvers, quorum }) => ({
    approvers: { groupIds: approvers.groups.map(idOf), userIds: approvers.people.map((name) => person(name).userId) },
    quorum,
  }));
const anyPolicies: fc.Arbitrary<readonly PolicyProgress[]> = fc
  .tuple(...targets.map(() => fc.array(anyStage, { minLength: 1, maxLength: 3 })))
  .map((all) => all.map((stages, i) => policy(`policy-${i}`, [targets[i] ?? ''], ...stages)));

/** People whose groups, as AWS lists them, differ from one decision to the next, and who write their name as they like. */
const anyDecision = fc
  .record({
    name: fc.constantFrom(...names),
    memberOf: fc.subarray(groups),
    capitals: fc.boolean(),
    verdict: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'deny' as const),
    id: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ name, memberOf, capitals, verdict, id }) => {
    const who = person(name, ...memberOf);
    return {
      who,
      command: decision(capitals ? { ...who, userName: who.userName.toUpperCase() } : who, { verdict, decisionId: idOf(`decision ${id}`) }),
    };
  });

const asked = request(targets, { askedBy: { userId: person('olga').userId, userName: person('olga').userName } });
const recorded = (events: readonly ApprovalEvent[]) =>
  events.flatMap((event) => (event.type === 'ApprovalRecorded.v1' ? [event.data] : []));

describe('whatever the policies and whoever decides, in any order and again', () => {
  it('nobody counts for what they asked for themselves or for another', () => {
    fc.assert(
      fc.property(anyPolicies, fc.array(anyDecision, { maxLength: 25 }), (policies, decisions) => {
        const waiting = inApproval(asking(policies, asked));
        const counted = decisions.flatMap(({ command }) => recorded(waiting.meet(command)));
        const interested = [person('dana').userId, person('olga').userId];
        expect(counted.filter(({ decider }) => interested.includes(decider.userId))).toEqual([]);
      }),
    );
  });

  it('a decision counts only for targets whose open stage its author belongs to at that moment', () => {
    fc.assert(
      fc.property(anyPolicies, fc.array(anyDecision, { maxLength: 25 }), (policies, decisions) => {
        const waiting = inApproval(asking(policies, asked));
        for (const { who, command } of decisions) {
          const before = waiting.state();
          const open = before !== undefined && 'pending' in before ? before.pending.policies : [];
          const may = open
            .filter((one) => includes(one.stages[one.open]?.approvers ?? { groupIds: [], userIds: [] }, who))
            .flatMap(({ grantIds }) => grantIds);
          for (const { grantIds } of recorded(waiting.meet(command))) expect(may).toEqual(expect.arrayContaining([...grantIds]));
        }
      }),
    );
  });

  it('all agree only when every target has as many different people as its policy asks for', () => {
    fc.assert(
      fc.property(anyPolicies, fc.array(anyDecision, { maxLength: 40 }), (policies, decisions) => {
        const waiting = inApproval(asking(policies, asked));
        const yes = decisions.flatMap(({ command }) => recorded(waiting.meet(command))).filter(({ verdict }) => verdict === 'approve');
        if (waiting.state()?.phase !== 'agreed') return;
        for (const { grantIds, stages } of policies) {
          const people = new Set(yes.filter((one) => one.grantIds.includes(grantIds[0] ?? '')).map(({ decider }) => decider.userId));
          expect(people.size).toBe(stages.reduce((sum, { quorum }) => sum + quorum, 0));
        }
      }),
    );
  });

  it('the same command met again at once changes nothing', () => {
    const commands: fc.Arbitrary<Command> = anyDecision.map(({ command }) => command);
    fc.assert(
      fc.property(anyPolicies, fc.array(commands, { maxLength: 25 }), (policies, decisions) => {
        const waiting = inApproval(asking(policies, asked));
        for (const command of decisions) {
          waiting.meet(command, start);
          expect(waiting.meet(command, start)).toEqual([]);
        }
      }),
    );
  });
});
