import { auditOver, scriptedCloud } from '../../test/scripted-cloud.ts';

it('team ask --bundle names a bundle, and leaves how long to the limits where nothing is said', async () => {
  const { team, inputsOf } = scriptedCloud({ audit: auditOver([]), PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'any' }] }) });
  await team('ask', '--as', 'dana', '--bundle', 'ledger-read', '--target', '444455556666/ReadOnlyAccess');
  const [{ Entries: [entry] = [] } = {}] = inputsOf('PutEvents') as { Entries: { Detail: string }[] }[];
  const { targets, durationMinutes } = (JSON.parse(entry?.Detail ?? '') as { data: { targets: unknown; durationMinutes?: number } }).data;
  expect(targets).toEqual([{ accountId: '444455556666', permissionSetName: 'ReadOnlyAccess' }, { bundle: 'ledger-read' }]);
  expect(durationMinutes).toBeUndefined();
});
