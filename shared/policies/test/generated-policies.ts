import { machineCapabilities, type ApprovalStage, type ApproverPolicy, type Bundle, type EligibilityPolicy, type EmitterRegistration, type Limits, type MachineClient, type TimeWindow } from '@team/contracts';
import fc from 'fast-check';
import type { NamedThings } from '../src/names.ts';
import type { Policies } from '../src/policies.ts';

const hex = (n: number, length: number): string => n.toString(16).padStart(length, '0');
const ids = {
  person: (n: number) => `00000000-0000-4000-8000-${hex(n, 12)}`,
  account: (n: number) => String(n).padStart(12, '0'),
  unit: (n: number) => `ou-acme-${hex(n, 8)}`,
  set: (n: number) => `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-${hex(n, 16)}`,
};

/** What people, and directories, call things: also what YAML would take for something else, what is no name, and what others are called. */
const name = fc.oneof(
  fc.constantFrom('', 'Ops', 'ops', 'true', 'null', '~', '0123', '1e3', '- x', 'a: b', '# c', '*a', '&a', '!x', "it's", '"q"', ' blank ', 'two\nlines', '/', 'A/B', '/A', ids.person(1), ids.account(2), 'é𝒳', '__proto__'),
  fc.string({ minLength: 1, maxLength: 12 }),
);

const things = (id: (n: number) => string) => fc.array(name, { minLength: 3, maxLength: 6 }).map((all) => all.map((one, n) => ({ id: id(n + 1), name: one })));

export const anyThings: fc.Arbitrary<NamedThings> = fc.record({
  rootId: fc.constant('r-acme'),
  users: things(ids.person),
  groups: things((n) => ids.person(n + 100)),
  accounts: things(ids.account),
  organizationalUnits: things(ids.unit),
  permissionSets: things(ids.set),
});

const optional = { noNullPrototype: true } as const;
const minutes = fc.integer({ min: 1, max: 43_200 });
const policyId = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const some = <T extends { readonly id: string }>(list: readonly T[], minLength: number, maxLength = list.length) =>
  fc.uniqueArray(fc.constantFrom(...list.map(({ id }) => id)), { minLength, maxLength });
const moment = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString());
// Keys that look like whole numbers change their places in JavaScript objects, which means nothing.
const tagKey = fc.oneof(fc.constantFrom('Environment', 'environment', 'cost:center', 'yes', '0x1f'), fc.string({ minLength: 1, maxLength: 8 })).filter((key) => !/^\d+$|^__proto__$/.test(key));
const tags = fc.uniqueArray(
  fc.record({ key: tagKey, values: fc.uniqueArray(fc.oneof(fc.constantFrom('', 'any', '1', 'no'), fc.string({ maxLength: 8 })), { minLength: 1, maxLength: 3 }) }, { requiredKeys: ['key'], ...optional }),
  { minLength: 1, maxLength: 3, selector: ({ key }) => key },
);
const day = fc.constantFrom('monday' as const, 'tuesday' as const, 'wednesday' as const, 'thursday' as const, 'friday' as const, 'saturday' as const, 'sunday' as const);
const timeWindow = fc.record({
  days: fc.oneof(fc.uniqueArray(day, { minLength: 1 }), fc.constant<TimeWindow['days']>(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])),
  from: fc.constantFrom('00:00', '08:00', '23:59'),
  to: fc.constantFrom('00:00', '18:30', '24:00'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
});

/** Policies of every kind over these things. */
export function anyPolicies(of: NamedThings): fc.Arbitrary<Policies> {
  const people = (atLeast = 1) => fc.record({ groupIds: some(of.groups, atLeast), userIds: some(of.users, 0) });
  const targets = fc
    .record(
      { accountIds: some(of.accounts, 0), organizationalUnitIds: some([{ id: of.rootId }, ...of.organizationalUnits], 0), accountTags: tags },
      { requiredKeys: ['accountIds', 'organizationalUnitIds'], ...optional },
    )
    .filter(({ accountIds, organizationalUnitIds, accountTags }) => accountIds.length + organizationalUnitIds.length > 0 || accountTags !== undefined);
  const places = targets.map(({ accountIds, organizationalUnitIds }) => ({ accountIds, organizationalUnitIds })).filter((all) => all.accountIds.length + all.organizationalUnitIds.length > 0);
  const reach = { policyId, principals: people(), targets, permissionSetArns: some(of.permissionSets, 1) };
  const validity = { permissionSetTags: tags, timeWindows: fc.array(timeWindow, { minLength: 1, maxLength: 3 }), validUntil: moment };
  const allow = fc.record(
    {
      ...reach,
      ...validity,
      effect: fc.constant('allow' as const),
      maximumDurationMinutes: minutes,
      approval: fc.constantFrom('required' as const, 'not-required' as const),
      ticket: fc.constantFrom('required' as const, 'optional' as const),
      ticketPattern: fc.constantFrom('(INC|CHG)\\d{7}', '[A-Z]+-\\d+', '#\\d+', '- "x": \'y\''),
      justification: fc.constantFrom('required' as const, 'optional' as const),
      justificationMinimumCharacters: fc.integer({ min: 1, max: 500 }),
      breakGlass: fc.constantFrom('allowed' as const, 'forbidden' as const),
      startNoEarlierThanMinutes: fc.integer({ min: 1, max: 1_440 }),
      startNoLaterThanDays: fc.integer({ min: 1, max: 90 }),
    },
    { requiredKeys: ['policyId', 'principals', 'targets', 'permissionSetArns', 'maximumDurationMinutes', 'approval'], ...optional },
  ).map((policy): EligibilityPolicy => policy);
  const deny = fc.record(
    { ...reach, ...validity, effect: fc.constant('deny' as const) },
    { requiredKeys: ['policyId', 'principals', 'targets', 'permissionSetArns', 'effect'], ...optional },
  ).map((policy): EligibilityPolicy => policy);
  const stage = fc.oneof(
    fc.record(
      { approvers: people(), quorum: fc.integer({ min: 1, max: 10 }), always: fc.boolean(), requesterManager: fc.boolean(), escalation: fc.record({ afterMinutes: minutes, to: people() }) },
      { requiredKeys: ['approvers', 'quorum'], ...optional },
    ),
    fc.constant<ApprovalStage>({ approvers: { groupIds: [], userIds: [] }, quorum: 1, requesterManager: true }),
  );
  const approver = fc.record(
    {
      policyId,
      targets: places,
      permissionSetArns: some(of.permissionSets, 1),
      requesters: people(),
      stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
      deadlineMinutes: minutes,
      remindEveryMinutes: fc.integer({ min: 5, max: 43_200 }),
    },
    { requiredKeys: ['policyId', 'targets', 'stages'], ...optional },
  ).map((policy): ApproverPolicy => policy);
  const limits: fc.Arbitrary<Limits> = fc.record(
    {
      maximumDurationMinutes: fc.integer({ min: 600, max: 43_200 }),
      approvalDeadlineMinutes: minutes,
      openRequestsPerUser: fc.integer({ min: 1, max: 100 }),
      startNoLaterThanDays: fc.integer({ min: 0, max: 90 }),
      justification: fc.constantFrom('required' as const, 'optional' as const),
      sessionLongerThanGrant: fc.constantFrom('warn' as const, 'refuse' as const),
      defaultDurationMinutes: fc.integer({ min: 1, max: 600 }),
      openRequestsPerPermissionSet: some(of.permissionSets, 1).map((arns) => arns.map((permissionSetArn, n) => ({ permissionSetArn, perUser: n + 1 }))),
      decisionComment: fc.constantFrom('required' as const, 'optional' as const),
      secondAdministrator: fc.constantFrom('required' as const, 'not-required' as const),
      changeDecisionMinutes: minutes,
      breakGlassMaximumMinutes: minutes,
      reviewWithinMinutes: minutes,
      administrators: people(),
      auditors: people(),
      protectedAccountIds: some(of.accounts, 0),
    },
    {
      requiredKeys: ['maximumDurationMinutes', 'approvalDeadlineMinutes', 'openRequestsPerUser', 'startNoLaterThanDays', 'justification', 'sessionLongerThanGrant', 'administrators', 'auditors', 'protectedAccountIds'],
      ...optional,
    },
  );
  const bundle: fc.Arbitrary<Bundle> = fc.record(
    { bundleId: policyId, description: fc.string({ maxLength: 40 }), targets: places, permissionSetArns: some(of.permissionSets, 1) },
    { requiredKeys: ['bundleId', 'targets', 'permissionSetArns'], ...optional },
  );
  const emitter: fc.Arbitrary<EmitterRegistration> = fc.record(
    {
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      roleArn: fc.stringMatching(/^[a-z]{1,6}$/).map((role) => `arn:aws:iam::111111111111:role/${role}`),
      source: fc.constantFrom('acme.desk', 'acme.pipeline'),
      detailTypes: fc.constant(['AccessRequested.v1']),
      mayAskFor: fc.oneof(fc.constant('everyone' as const), people()),
      mayAskForOthers: people(),
      mayRevoke: fc.boolean(),
      mayDecide: fc.record({ keyId: fc.constant('alias/desk') }),
      mayAdminister: fc.boolean(),
      mayBreakGlass: fc.boolean(),
    },
    { requiredKeys: ['name', 'roleArn', 'source', 'detailTypes'], ...optional },
  );
  const machine: fc.Arbitrary<MachineClient> = fc.record(
    {
      // Machines are emitters, whose names are shorter here.
      name: fc.stringMatching(/^m-[a-z]{6,8}$/),
      clientId: fc.string({ minLength: 1, maxLength: 20 }),
      subjects: fc.oneof(fc.constant('everyone' as const), people()),
      capabilities: fc.subarray([...machineCapabilities]),
    },
    { requiredKeys: ['name', 'clientId'], ...optional },
  );
  const each = <T>(one: fc.Arbitrary<T>, key: (item: T) => string) => fc.uniqueArray(one, { maxLength: 3, selector: key });
  return fc.record({
    eligibility: each(fc.oneof(allow, deny), (policy) => policy.policyId),
    approvers: each(approver, (policy) => policy.policyId),
    bundles: each(bundle, (one) => one.bundleId),
    limits: fc.option(limits, { nil: undefined }),
    emitters: each(emitter, (one) => one.name).filter((all) => new Set(all.map(({ roleArn }) => roleArn)).size === all.length),
    portal: fc.record({ mayAskForOthers: people(), machineClients: each(machine, (one) => one.name).filter((all) => new Set(all.map(({ clientId }) => clientId)).size === all.length) }, { requiredKeys: [], ...optional }),
  });
}
