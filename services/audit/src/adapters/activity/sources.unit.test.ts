import type { Scope } from '../../domain/activity/session.ts';
import { athenaQuery } from './athena-source.ts';
import { lakeStatement } from './lake-source.ts';
import { callOf } from './trail-record.ts';

const scope: Scope = { grantId: 'g', accountId: '111122223333', permissionSetName: 'Admin', userName: 'Dana.Jansen@acme.example', from: '2026-03-02T23:59:30.500Z', to: '2026-03-03T02:00:00.000Z' };
const athena = { source: 'athena', database: 'trail', table: 'cloudtrail', workgroup: 'team', outputLocation: 's3://acme/results/' } as const;
const lake = { source: 'lake', eventDataStoreArn: 'arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/11111111-2222-3333-4444-555555555555' } as const;

describe('a query of Athena', () => {
  it('holds nothing of a request: every value is a parameter, in its place', () => {
    const { statement, parameters } = athenaQuery({ ...athena, partitions: { account: 'account', region: 'region', day: 'day' }, regions: ['eu-central-1', 'us-east-1'] }, scope);
    expect(statement).not.toMatch(/111122223333|dana|Admin|2026|eu-central/i);
    expect(statement.match(/\?/g)).toHaveLength(parameters.length);
    expect(statement).toMatch(/FROM "trail"\."cloudtrail" WHERE .* AND "account" = \? AND "region" IN \(\?, \?\) AND "day" BETWEEN \? AND \? LIMIT \d+$/);
    expect(parameters).toEqual([
      "'111122223333'", "'AWSReservedSSO_Admin_'", "'dana.jansen@acme.example'", "'2026-03-02T23:59:30Z'", "'2026-03-03T02:00:00Z'",
      "'111122223333'", "'eu-central-1'", "'us-east-1'", "'2026/03/02'", "'2026/03/05'",
    ]);
  });

  it('asks of no partition that the table does not have', () => {
    expect(athenaQuery(athena, scope).statement).not.toMatch(/"account" =|"region" IN|"day" BETWEEN/);
    expect(athenaQuery({ ...athena, partitions: { region: 'region' } }, scope).statement).not.toContain('"region" IN');
  });

  it('is not made for a name that no session can have', () => {
    for (const userName of ["o'brien", 'a b', 'dana:admin', 'x'.repeat(65), '%']) expect(() => athenaQuery(athena, { ...scope, userName })).toThrow(expect.objectContaining({ code: 'ERR_SESSION_NAME' }));
  });
});

describe('a statement for CloudTrail Lake', () => {
  it('names the store, the person, the permission set, the account and the time, each as a literal', () => {
    expect(lakeStatement(lake, scope)).toMatch(
      /FROM 11111111-2222-3333-4444-555555555555 WHERE userIdentity\.type = 'AssumedRole' AND userIdentity\.accountId = '111122223333' AND userIdentity\.sessionContext\.sessionIssuer\.userName LIKE 'AWSReservedSSO_Admin_%' AND lower\(userIdentity\.principalId\) LIKE '%:dana\.jansen@acme\.example' AND eventTime >= '2026-03-02 23:59:30' AND eventTime <= '2026-03-03 02:00:00' LIMIT \d+$/,
    );
  });

  it.each<[string, Partial<Scope>, string]>([
    ['an account', { accountId: "1' OR '1'='1" }, 'ERR_ACCOUNT_ID'],
    ['a permission set', { permissionSetName: "x' OR 1=1 --" }, 'ERR_PERMISSION_SET_NAME'],
    ['a person', { userName: "x' OR 'a'='a" }, 'ERR_SESSION_NAME'],
  ])('is not made for %s that ends a literal', (_, more, code) => {
    expect(() => lakeStatement(lake, { ...scope, ...more })).toThrow(expect.objectContaining({ code }));
  });
});

describe('a record of a trail', () => {
  const row = { eventId: 'e', eventTime: '2026-03-03T00:10:00Z', eventSource: 's3.amazonaws.com', eventName: 'GetObject', readOnly: 'true', accountId: '111122223333', roleName: 'AWSReservedSSO_Admin_0123456789abcdef', principalId: 'AROA:dana.jansen@acme.example' };

  it('is a call of the session that is looked for, or none', () => {
    expect(callOf({ ...row, errorCode: 'AccessDenied', sourceIp: null, region: '' }, scope)).toEqual({ eventId: 'e', at: '2026-03-03T00:10:00.000Z', service: 's3.amazonaws.com', action: 'GetObject', readOnly: true, errorCode: 'AccessDenied' });
    expect(callOf({ ...row, roleName: 'AWSReservedSSO_AdminX_0123456789abcdef' }, scope)).toBeUndefined();
    expect(callOf({ ...row, roleName: null }, scope)).toBeUndefined();
  });

  it('is a write where CloudTrail does not say that it could only read', () => {
    for (const readOnly of [undefined, null, 'false']) expect(callOf({ ...row, readOnly }, scope)?.readOnly).toBe(false);
  });

  it('is refused where it cannot be read, since it might be one', () => {
    for (const wrong of [{ ...row, eventTime: 'yesterday' }, { ...row, eventId: '' }, {}]) expect(() => callOf(wrong, scope)).toThrow(expect.objectContaining({ code: 'ERR_TRAIL_RECORD' }));
  });
});
