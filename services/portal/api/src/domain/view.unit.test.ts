import { accessApprovedV1, accessExtendedV1, accessGrantedV1, accessWindowOpenedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../../../cli/test/recorded.ts';
import { ownAccount } from '../../../cli/test/scripted-cloud.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { viewOf } from './view.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const [grant] = exampleOf(accessApprovedV1).grants;
if (grant === undefined) throw new TypeError('an approval has a grant');

const told = (...events: readonly RecordedEvent[]) => viewOf(requestId, events, ownAccount);

it('says when access ends that was extended', () => {
  const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...grant, grantId }] }));
  const opened = recorded(accessWindowOpenedV1, exampleOf(accessWindowOpenedV1, { requestId, grant: { ...exampleOf(accessWindowOpenedV1).grant, grantId } }));
  const granted = recorded(accessGrantedV1, exampleOf(accessGrantedV1, { requestId, grantId, endsAt: '2026-11-22T11:00:00.000Z' }));
  const extended = recorded(accessExtendedV1, exampleOf(accessExtendedV1, { requestId, grantId, endsAt: '2026-11-22T12:00:00.000Z' }));
  expect(told(approved, opened, granted)?.row.endsAt).toBe('2026-11-22T11:00:00.000Z');
  expect(told(extended, approved, opened, granted)?.row.endsAt).toBe('2026-11-22T12:00:00.000Z');
});
