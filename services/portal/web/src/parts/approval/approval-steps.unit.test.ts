import type { ApprovalChain, Preview } from '../../../../api/src/contract/index.ts';
import { people, waysAhead, waySoFar } from './approval-steps.ts';

const since = '2026-11-30T09:00:00.000Z';
const step = (stage: number, more: Partial<ApprovalChain['steps'][number]> = {}): ApprovalChain['steps'][number] => ({ policyId: 'prod', stage, quorum: 1, approvers: ['leads'], since, escalated: false, status: 'waits', decisions: [], ...more });
const said = (decider: string, verdict = 'approve') => ({ decider, verdict, decidedAt: since });
const soFar = (chain: Omit<ApprovalChain, 'targets'>, waits = true) => waySoFar({ targets: ['A in b'], ...chain }, waits).steps.map(({ status, header, soFar: agreed }) => [status, header, agreed]);

it('names so many that one glance is enough, and counts the others', () => {
  expect([people([]), people(['a', 'b']), people(['a'], 2), people(['a'], 4), people([...'abcdefghij'])]).toEqual(['nobody', 'a, b', 'a and one other', 'a and 3 others', 'a, b, c, d, e, f, g, h and 2 others']);
});

describe('the way so far', () => {
  it('is one sentence where there is one stage', () => {
    expect(soFar({ stages: 1, steps: [step(1)] })).toEqual([['waits', 'One of leads must agree', undefined]]);
  });

  it('says how many agreed, who comes later, and what agreed', () => {
    expect(soFar({ stages: 2, steps: [step(1, { quorum: 2, decisions: [said('anna')] })] })).toEqual([
      ['waits', 'Stage 1 of 2: 2 of leads must agree', '1 of 2 agreed'],
      ['later', 'Stage 2 of 2: asked when the stage before has agreed', undefined],
    ]);
    expect(soFar({ stages: 2, steps: [step(1, { status: 'agreed', decisions: [said('anna')] }), step(2)] }).map(([status]) => status)).toEqual(['agreed', 'waits']);
  });

  it('ends where somebody denied it, or nobody decided', () => {
    expect(soFar({ stages: 2, steps: [step(1, { status: 'over', decisions: [said('anna', 'deny')] })] }, false)).toEqual([
      ['denied', 'Stage 1 of 2: one of leads had to agree', undefined],
      ['over', 'Stage 2 of 2: nobody was asked', undefined],
    ]);
    expect(soFar({ stages: 1, steps: [step(1, { status: 'over' })] }, false)).toEqual([['over', 'One of leads had to agree', undefined]]);
  });
});

describe('the way ahead', () => {
  const stage = (name: string, quorum = 1) => ({ policyId: name, quorum, people: [name], count: 3 });
  const target = (n: number, more: Partial<Preview['targets'][number]> = {}): Preview['targets'][number] => ({ accountId: `00000000000${n}`, permissionSetArn: 'arn', allowed: true, approvalRequired: true, reasons: [], warnings: [], stages: [stage('anna')], ...more });
  const ahead = (...targets: Preview['targets'][number][]) => waysAhead({ allowed: true, targets }, ({ accountId }) => accountId.slice(-1)).map((way) => [way.targets.join(), ...way.steps.map(({ status, header }) => `${status} ${header}`)]);

  it('tells targets together that take the same stages', () => {
    expect(ahead(target(1), target(2, { stages: [stage('anna', 2), stage('ben')] }), target(3))).toEqual([
      ['1,3', 'waits One of anna and 2 others must agree'],
      ['2', 'waits Stage 1 of 2: 2 of anna and 2 others must agree', 'later Stage 2 of 2: one of ben and 2 others must agree'],
    ]);
  });

  it('is nothing of what would be refused, and of what nobody has to approve', () => {
    expect(ahead(target(1, { allowed: false }), target(2, { approvalRequired: false, stages: [] }))).toEqual([]);
  });
});
