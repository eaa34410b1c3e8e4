import { approvalRecordedV1, approvalRequestedV1, type ApprovalRecordedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../../cli/test/recorded.ts';
import { ownAccount } from '../../cli/test/scripted-cloud.ts';
import { approvalStory } from './approval-story.ts';
import type { RecordedEvent } from './recorded-event.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const [ledger, vault] = ['3f2a1b4c-0000-4000-8000-0000000000a1', '3f2a1b4c-0000-4000-8000-0000000000a2'];
const [leads, security, boss] = ['1', '2', '3'].map((n) => `93672a4c-0000-7000-8000-00000000000${n}`) as [string, string, string];
const at = (minute: number): string => `2026-11-22T10:0${minute}:00.000Z`;

const stage = (number: number, quorum: number, approvers: readonly string[], grantIds = [ledger]) => ({ grantIds, policyId: `p${number}`, stage: number, stages: 2, quorum, missing: 1, approvers: { groupIds: [...approvers], userIds: [] } });
const asked = (minute: number, ...openStages: ReturnType<typeof stage>[]): RecordedEvent => ({ ...recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId, openStages })), time: at(minute) });
const said = (minute: number, name: string, more: Partial<ApprovalRecordedV1> = {}): RecordedEvent =>
  recorded(approvalRecordedV1, { requestId, decisionId: `3f2a1b4c-0000-4000-8000-00000000010${minute}`, decider: { userId: leads, userName: name }, verdict: 'approve', grantIds: [ledger], decidedAt: at(minute), ...more });

const told = (waits: boolean, ...events: readonly RecordedEvent[]) =>
  approvalStory(events, ownAccount, waits).map(({ stages, steps }) => [stages, ...steps.map(({ policyId, status, decisions }) => `${policyId} ${status} ${decisions.map(({ decider }) => decider).join('+')}`)]);

it('tells stage by stage who was asked since when, and who decided there', () => {
  expect(told(true, asked(0, stage(1, 2, [leads])))).toEqual([[2, 'p1 waits ']]);
  expect(told(true, asked(0, stage(1, 2, [leads])), said(1, 'anna'))).toEqual([[2, 'p1 waits anna']]);
  const all = [asked(0, stage(1, 2, [leads])), said(1, 'anna'), said(2, 'ben'), asked(3, stage(2, 1, [security]))];
  expect(told(true, ...all)).toEqual([[2, 'p1 agreed anna+ben', 'p2 waits ']]);
  expect(told(false, ...all, said(4, 'sam'))).toEqual([[2, 'p1 agreed anna+ben', 'p2 agreed sam']]);
  expect(told(true, ...all.toReversed())).toEqual(told(true, ...all));
});

it('tells where it came to nothing, and who denied it', () => {
  const all = [asked(0, stage(1, 1, [leads])), said(1, 'anna'), asked(2, stage(2, 1, [security]))];
  expect(told(false, ...all)).toEqual([[2, 'p1 agreed anna', 'p2 over ']]);
  expect(told(false, ...all, said(3, 'sam', { verdict: 'deny' }))).toEqual([[2, 'p1 agreed anna', 'p2 over sam']]);
});

it('tells targets apart that stand at different points', () => {
  expect(told(true, asked(0, stage(1, 1, [leads]), stage(1, 1, [security], [vault])), said(1, 'sam', { grantIds: [vault] }))).toEqual([[2, 'p1 waits '], [2, 'p1 agreed sam']]);
});

it('tells that more people were asked, and in whose place somebody decided', () => {
  const onBehalfOf = { userId: boss, userName: 'boss' };
  const [chain] = approvalStory([asked(0, stage(1, 1, [leads])), asked(5, stage(1, 1, [leads, boss])), said(6, 'zoe', { onBehalfOf })], ownAccount, false);
  expect(chain?.steps).toEqual([
    { policyId: 'p1', stage: 1, quorum: 1, approvers: { groupIds: [leads, boss], userIds: [] }, since: at(0), escalated: true, status: 'agreed', decisions: [{ decider: 'zoe', onBehalfOf: 'boss', verdict: 'approve', decidedAt: at(6) }] },
  ]);
});
