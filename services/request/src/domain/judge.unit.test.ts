import {
  account,
  developers,
  facts,
  limits,
  managementSet,
  pipeline,
  policy,
  readOnly,
  receivedAt,
  target,
  wren,
} from '../../test/facts.ts';
import { judgeRequest } from './judge.ts';

const codes = (change: Parameters<typeof facts>[0]): string[] => {
  const judgement = judgeRequest(facts(change));
  return judgement.allowed ? ['allowed'] : judgement.reasons.map(({ code }) => code);
};
const { mayAskFor: _nobody, ...withoutSubjects } = pipeline;
const nobody = { groupIds: [], userIds: [] };
const stranger = { ...wren, groupIds: new Set<string>() };
const desk = { ...stranger, userId: 'desk-1', userName: 'desk@acme.example' };
const elsewhere = { ...account, ouPath: ['r-ab12'] };
const office = { days: ['monday' as const], from: '09:00', to: '17:30', timeZone: 'UTC' };
const { maximumDurationMinutes: _most, approval: _asked, ...whom } = policy;
const deny = { ...whom, policyId: 'freeze', effect: 'deny' as const };
const glass = { ...policy, breakGlass: 'allowed' as const };
const loud = { ...pipeline, mayBreakGlass: true };
const at = (id: string) => ({ ...target, asked: { accountId: id, permissionSetName: readOnly.name }, account: { ...account, id } });

it('allows what a policy allows, and says under which', () => {
  const judgement = judgeRequest(facts());
  const targets = [{ accountId: account.id, policyId: policy.policyId }];
  expect(judgement).toMatchObject({ allowed: true, approvalRequired: true, targets });
});

it.each<[string, string[], Parameters<typeof facts>[0]]>([
  ['an emitter that nobody registered', ['ERR_EMITTER_UNKNOWN'], { emitter: undefined }],
  ['an emitter that may not ask for this person', ['ERR_EMITTER_NOT_FOR_SUBJECT'], { emitter: { ...pipeline, mayAskFor: nobody } }],
  ['an emitter that may ask for nobody', ['ERR_EMITTER_NOT_FOR_SUBJECT'], { emitter: withoutSubjects }],
  ['somebody who asks for another where nobody may', ['ERR_MAY_NOT_ASK_FOR_OTHERS'], { emitter: { ...pipeline, mayAskForOthers: nobody }, asked: { askedBy: desk.userName }, askedBy: desk }],
  ['somebody who asks for another and is in no group that may', ['ERR_MAY_NOT_ASK_FOR_OTHERS'], { emitter: { ...pipeline, mayAskForOthers: { groupIds: ['desk'], userIds: [] } }, asked: { askedBy: desk.userName }, askedBy: desk }],
  ['an unknown requester', ['ERR_EMITTER_NOT_FOR_SUBJECT', 'ERR_USER_UNKNOWN'], { requester: undefined }],
  ['an ambiguous requester', ['ERR_EMITTER_NOT_FOR_SUBJECT', 'ERR_USER_AMBIGUOUS'], { requester: 'ambiguous' }],
  ['a disabled requester', ['ERR_USER_DISABLED'], { requester: { ...wren, enabled: false } }],
  ['an unknown asker', ['ERR_USER_UNKNOWN'], { asked: { askedBy: 'nobody' } }],
  ['the management account', ['ERR_MANAGEMENT_ACCOUNT'], { targets: [at('999999999999')] }],
  ["TEAM's own account", ['ERR_TEAM_ACCOUNT'], { targets: [at('888888888888')] }],
  ['a protected account', ['ERR_PROTECTED_ACCOUNT'], { targets: [at('777777777777')] }],
  ['an unknown account', ['ERR_ACCOUNT_UNKNOWN'], { targets: [{ ...target, account: undefined }] }],
  ['a suspended account', ['ERR_ACCOUNT_NOT_ACTIVE'], { targets: [{ ...target, account: { ...account, status: 'SUSPENDED' } }] }],
  ['an unknown permission set', ['ERR_PERMISSION_SET_UNKNOWN'], { targets: [{ ...target, permissionSet: undefined }] }],
  [
    'a permission set provisioned in the management account',
    ['ERR_MANAGEMENT_PERMISSION_SET'],
    { targets: [{ ...target, permissionSet: { ...readOnly, arn: managementSet } }] },
  ],
  ['the same target twice', ['ERR_TARGET_TWICE'], { targets: [target, target] }],
  ['a person in no eligible group', ['ERR_NOT_ELIGIBLE'], { requester: stranger, emitter: { ...pipeline, mayAskFor: 'everyone' } }],
  ['an account outside the units of the policy', ['ERR_NOT_ELIGIBLE'], { targets: [{ ...target, account: elsewhere }] }],
  ['longer than the policy allows', ['ERR_DURATION_TOO_LONG'], { asked: { durationMinutes: 121 } }],
  ['longer than the global limit', ['ERR_DURATION_OVER_LIMIT', 'ERR_DURATION_TOO_LONG'], { asked: { durationMinutes: 600 } }],
  ['no ticket where one is required', ['ERR_TICKET_MISSING'], { policies: [{ ...policy, ticket: 'required' }] }],
  ['a ticket of another kind than the policy asks for', ['ERR_TICKET_WRONG'], { policies: [{ ...policy, ticketPattern: 'INC\\d{4}' }], asked: { ticket: { id: 'INC12345' } } }],
  ['a justification that is too short for the policy', ['ERR_JUSTIFICATION_TOO_SHORT'], { policies: [{ ...policy, justificationMinimumCharacters: 20 }] }],
  ['a start sooner than the policy takes', ['ERR_START_TOO_EARLY'], { policies: [{ ...policy, startNoEarlierThanMinutes: 60 }], asked: { startAt: '2026-03-02T09:59:59Z' } }],
  ['a start later than the policy takes', ['ERR_START_TOO_LATE'], { policies: [{ ...policy, startNoLaterThanDays: 1 }], asked: { startAt: '2026-03-03T09:00:01Z' } }],
  ['access that would go on after the hours of the policy', ['ERR_OUTSIDE_HOURS'], { policies: [{ ...policy, timeWindows: [office] }], asked: { startAt: '2026-03-02T16:30:01Z' } }],
  ['access before the policy holds', ['ERR_POLICY_NOT_YET_VALID'], { policies: [{ ...policy, validFrom: '2026-03-02T09:00:01Z' }] }],
  ['access that would go on when the policy holds no longer', ['ERR_POLICY_NO_LONGER_VALID'], { policies: [{ ...policy, validUntil: '2026-03-02T09:59:59Z' }] }],
  ['what one policy denies and another allows', ['ERR_DENIED_BY_POLICY'], { policies: [policy, deny] }],
  ['a target of a bundle that is denied', ['ERR_DENIED_BY_POLICY'], { targets: [{ ...target, bundle: 'ledger' }], policies: [policy, deny] }],
  ['no duration, where the limits have none', ['ERR_DURATION_MISSING'], { asked: { durationMinutes: undefined } }],
  ['break glass for which no policy is', ['ERR_BREAK_GLASS_FORBIDDEN'], { emitter: loud, asked: { breakGlass: true } }],
  ['break glass that is too long', ['ERR_BREAK_GLASS_TOO_LONG'], { emitter: loud, policies: [glass], asked: { breakGlass: true, durationMinutes: 61 } }],
  ['break glass for later', ['ERR_BREAK_GLASS_SCHEDULED'], { emitter: loud, policies: [glass], asked: { breakGlass: true, startAt: '2026-03-02T10:00:00Z' } }],
  ['a start that has passed', ['ERR_START_IN_PAST'], { asked: { startAt: '2026-03-02T08:54:59Z' } }],
  ['a start too far ahead', ['ERR_START_TOO_LATE'], { asked: { startAt: '2026-04-01T09:00:01Z' } }],
  ['a blank justification', ['ERR_JUSTIFICATION_MISSING'], { asked: { justification: '  ' } }],
  ['break glass by an emitter that may not', ['ERR_EMITTER_NO_BREAK_GLASS', 'ERR_BREAK_GLASS_FORBIDDEN'], { asked: { breakGlass: true } }],
  [
    'sessions that outlast the grant, where limits refuse them',
    ['ERR_SESSION_OUTLASTS_GRANT'],
    { asked: { durationMinutes: 30 }, limits: { ...limits, sessionLongerThanGrant: 'refuse' } },
  ],
])('rejects %s', (_what, expected, change) => {
  expect(codes(change)).toEqual(expected);
});

it('gives all reasons at once, each with its target', () => {
  const asked = { accountId: '333333333333', permissionSetName: 'Nothing' };
  const other = { asked, account: undefined, permissionSet: undefined };
  const judgement = judgeRequest(facts({ targets: [target, other], asked: { durationMinutes: 121, justification: '' } }));
  expect(judgement).toMatchObject({
    allowed: false,
    reasons: [
      { code: 'ERR_JUSTIFICATION_MISSING', field: 'data.justification' },
      { code: 'ERR_DURATION_TOO_LONG', target: { accountId: account.id, permissionSet: 'ReadOnlyAccess' } },
      { code: 'ERR_ACCOUNT_UNKNOWN', target: { accountId: '333333333333', permissionSet: 'Nothing' } },
      { code: 'ERR_PERMISSION_SET_UNKNOWN', target: { accountId: '333333333333', permissionSet: 'Nothing' } },
    ],
  });
});

it('warns where sessions outlast the grant', () => {
  const judgement = judgeRequest(facts({ asked: { durationMinutes: 30 } }));
  expect(judgement).toMatchObject({ allowed: true, warnings: [{ code: 'ERR_SESSION_OUTLASTS_GRANT' }] });
});

it('tolerates a start a few minutes in the past', () => {
  expect(codes({ asked: { startAt: new Date(receivedAt - 4 * 60_000).toISOString() } })).toEqual(['allowed']);
});

it.each<[string, Parameters<typeof facts>[0]]>([
  ['is among those who may', { emitter: { ...pipeline, mayAskForOthers: { groupIds: [], userIds: [desk.userId.toUpperCase()] } }, askedBy: desk }],
  ['comes through an emitter that is believed about all whom it names', { askedBy: desk }],
  ['is the requester', { emitter: { ...pipeline, mayAskForOthers: nobody }, askedBy: wren }],
])('lets somebody ask who %s', (_, change) => {
  expect(codes({ ...change, asked: { askedBy: 'somebody' } })).toEqual(['allowed']);
});

it('grants break glass at once where a policy allows it', () => {
  expect(judgeRequest(facts({ emitter: loud, policies: [glass], asked: { breakGlass: true } }))).toMatchObject({ allowed: true, approvalRequired: false });
});

it('takes the usual duration of the limits where none is asked', () => {
  const judgement = judgeRequest(facts({ limits: { ...limits, defaultDurationMinutes: 45 }, asked: { durationMinutes: undefined } }));
  expect(judgement).toMatchObject({ allowed: true, durationMinutes: 45 });
});

it('finds accounts and permission sets by their tags', () => {
  const { permissionSetArns: _sets, ...rest } = policy;
  const byTag = { ...rest, targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'Environment', values: ['prod'] }] }, permissionSetArns: [], permissionSetTags: [{ key: 'Tier' }] };
  const tagged = (environment: string) => ({ ...target, account: { ...account, tags: { Environment: environment } }, permissionSet: { ...readOnly, tags: { Tier: 'low' } } });
  expect(codes({ policies: [byTag], targets: [tagged('prod')] })).toEqual(['allowed']);
  expect(codes({ policies: [byTag], targets: [tagged('Prod')] })).toEqual(['ERR_NOT_ELIGIBLE']);
  expect(codes({ policies: [byTag], targets: [{ ...tagged('prod'), permissionSet: readOnly }] })).toEqual(['ERR_NOT_ELIGIBLE']);
});

it('says that bundles come to too many targets', () => {
  const many = Array.from({ length: 51 }, (_, i) => ({ ...at(String(100_000_000_000 + i)), bundle: 'all' }));
  expect(codes({ targets: many })).toEqual(['ERR_TOO_MANY_TARGETS']);
});

describe('among several policies', () => {
  const long = { ...policy, policyId: 'long', maximumDurationMinutes: 480 };
  const free = { ...policy, policyId: 'free', maximumDurationMinutes: 60, approval: 'not-required' as const };
  const chosen = (durationMinutes: number) => {
    const judgement = judgeRequest(facts({ policies: [policy, long, free], asked: { durationMinutes } }));
    return judgement.allowed ? [judgement.targets[0]?.policyId, judgement.approvalRequired] : judgement.reasons;
  };

  it('takes the most favourable single one', () => {
    expect(chosen(60)).toEqual(['free', false]);
  });

  it('never takes the approval rule of one with the maximum of another', () => {
    expect(chosen(61)).toEqual(['long', true]);
  });

  it('asks for approval for all targets where one target needs it', () => {
    const sandbox = { ...account, id: '444444444444', ouPath: ['r-ab12', 'ou-ab12-00000009'] };
    const dev = { ...free, targets: { accountIds: [sandbox.id], organizationalUnitIds: [] } };
    const second = { ...target, asked: { accountId: sandbox.id, permissionSetName: readOnly.name }, account: sandbox };
    const judgement = judgeRequest(facts({ policies: [policy, dev], targets: [target, second] }));
    expect(judgement).toMatchObject({ allowed: true, approvalRequired: true });
  });

  it('finds a policy by user id as well as by group', () => {
    const personal = { ...policy, principals: { groupIds: [], userIds: [wren.userId] } };
    expect(judgeRequest(facts({ policies: [personal] })).allowed).toBe(true);
    expect(developers).not.toBe(wren.userId);
  });
});
