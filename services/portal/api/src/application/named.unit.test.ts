import { machineSource, type MachineClient } from '@team/contracts';
import { OutageError, TeamError } from '@team/runtime';
import { ada, alice, fakePeople, now } from '../../test/people.ts';
import { account, active, fakeViews, nobody, request, requestIdOf, setArn } from '../../test/requests.ts';
import { fakePlaces } from '../../test/services.ts';
import { listRequests } from './list-requests.ts';
import { named, withNames, type Naming } from './named.ts';
import { listAsMachine, showAsMachine } from './read-as-machine.ts';
import { showOverview } from './show-overview.ts';
import { showRequest } from './show-request.ts';

const theirs = { accountId: account.accountId, accountName: account.accountName, permissionSetName: 'ReadOnlyAccess' };
/** As they are until somebody judges what was asked for. */
const asAsked = { ...theirs, accountName: account.accountId, permissionSetName: setArn };
const unknown = { accountId: '999988887777', accountName: '999988887777', permissionSetName: `${setArn.slice(0, -1)}a` };
const bundle = { accountName: 'bundle reads', permissionSetName: 'all of it', bundle: 'reads' };

/** Places that fail with this. */
const failing = (error: Error): Naming => ({ accounts: () => Promise.reject(error), permissionSets: () => Promise.reject(error) });
const unread = failing(new TeamError('ERR_READ', 'nobody was to look'));
const notListed = failing(new OutageError('ERR_NOT_LISTED_YET', 'being listed', { retryAfterSeconds: 5 }));

describe('what is asked for by number and ARN', () => {
  const name = (target: typeof theirs | typeof bundle) => named({ targets: [target] }, new Map([[account.accountId, account.accountName]]), new Map([[setArn, 'ReadOnlyAccess']])).targets[0];

  it.each([
    ['gets both names', asAsked, theirs],
    ['gets the name of its account, where the permission set has its own', { ...asAsked, permissionSetName: 'Admin' }, { ...theirs, permissionSetName: 'Admin' }],
    ['keeps what it is called, whatever it is called now', { ...theirs, accountName: 'before' }, { ...theirs, accountName: 'before' }],
    ['stays where the organization knows no such thing', unknown, unknown],
    ['is no bundle', bundle, bundle],
  ])('%s', (_, target, expected) => {
    expect(name(target)).toEqual(expected);
  });

  it('is looked up where something lacks its name alone', async () => {
    const rows = [{ targets: [theirs, bundle] }];
    expect(await withNames(rows, unread)).toEqual(rows);
    await expect(withNames([...rows, { targets: [asAsked] }], unread)).rejects.toMatchObject({ code: 'ERR_READ' });
  });

  it('stays as it is until the organization was listed', async () => {
    expect(await withNames([{ targets: [asAsked] }], notListed)).toEqual([{ targets: [asAsked] }]);
  });
});

describe('a request that nothing named', () => {
  const nightly: MachineClient = { name: 'nightly', clientId: 'client-1', capabilities: ['read'] };
  const rejected = request(1, { row: { status: 'rejected', targets: [asAsked, unknown] }, view: { machine: machineSource(nightly.name) } });
  const ports = { people: fakePeople(), views: fakeViews([rejected, active(2)]), places: fakePlaces(), mayAskForOthers: nobody, now: () => now };
  const row = { targets: [theirs, unknown] };

  it('has its names in lists', async () => {
    expect(await listRequests({ list: 'all', limit: 1 }, ada, ports)).toMatchObject({ items: [row] });
    expect(await listAsMachine({ list: 'mine', limit: 1 }, nightly, ports)).toMatchObject({ items: [row] });
  });

  it('has them where it is shown, and is counted by them among what was had before', async () => {
    expect(await showRequest(requestIdOf(1), ada, ports)).toMatchObject({ row, requesterBefore: [{ permissionSetName: 'ReadOnlyAccess', times: 1 }, { times: 0 }] });
    expect(await showAsMachine(requestIdOf(1), nightly, ports)).toMatchObject({ row });
  });

  it('is counted by them', async () => {
    const { byAccount, byPermissionSet } = await showOverview(alice, ports);
    expect(byAccount).toEqual([{ name: account.accountName, count: 2 }, { name: unknown.accountName, count: 1 }]);
    expect(byPermissionSet).toEqual([{ name: 'ReadOnlyAccess', count: 2 }, { name: unknown.permissionSetName, count: 1 }]);
  });
});
