import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PolicyPlan } from '../../../../api/src/contract/index.ts';
import { answering, problem, scriptedPortal, type Answers } from '../../../test/scripted-portal.ts';
import { unreachable } from '../../failure.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'team-portal-policies-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

const changeId = '018f6b7a-0000-7000-9000-00000000cc01';
const text = (name: string, minutes = 60): string => `kind: EligibilityPolicy\nname: ${name}\nmaximumDurationMinutes: ${minutes}\n`;
const approver = 'kind: ApproverPolicy\nname: prod\n';
const limits = 'kind: Limits\nmaximumDurationMinutes: 540\n';
const inForce = (kind: string, id: string, says: string, more: object = {}) => ({ kind, id, version: 1, text: says, policy: { policyId: id }, unknownIds: [], ...more });
const standing = [inForce('EligibilityPolicy', 'dev', text('dev')), inForce('Limits', 'limits', limits), inForce('EligibilityPolicy', 'old', text('old')), inForce('ApproverPolicy', 'prod', approver, { unknownIds: ['g-1'] })];
const proposal = { changeId, kind: 'EligibilityPolicy', id: 'dev', widens: ['it adds groups: Everyone\u001b[2J'], differences: [], proposedBy: 'olga', decideBy: '2026-12-03T09:00:00.000Z', mayDecide: true };
const now = (proposals: readonly object[] = [], policies: readonly object[] = standing) => ({ policies, names: [], proposals, emitters: [], mayChange: true, now: '2026-11-30T10:00:00.000Z' });

type Question = { readonly kind: string; readonly text?: string; readonly remove?: string };
const nothing: PolicyPlan = { problems: [], differences: [], effects: [], reasons: [], widens: [], needsSecondAdministrator: false };
const idIn = ({ kind, text: written = '', remove }: Question): string => remove ?? (kind === 'Limits' ? 'limits' : (/^name: (\S+)/m.exec(written)?.[1] ?? ''));
const policyOf = (id: string) => ({ policyId: id, principals: { groupIds: [], userIds: [] }, targets: { accountIds: [], organizationalUnitIds: [] }, permissionSetArns: [], effect: 'deny' });
/** Every change is one. */
const planOf = (body: unknown, more: Partial<PolicyPlan> = {}): object => {
  const question = body as Question;
  const id = idIn(question);
  return { ...nothing, change: { kind: question.kind, id, expectedVersion: 1, ...(question.remove === undefined ? { policy: policyOf(id) } : {}) }, ...more };
};
const outcome = (of: string, more: object = {}) => ({ changeId, outcome: of, text: 'it is so', reasons: [], ...more });
const taken = (query = '') => Response.json({ changeId, href: `/v1/policies/changes/${changeId}${query}` }, { status: 202 });

const portal = (more: Answers = {}, options: Parameters<typeof scriptedPortal>[1] = {}) =>
  scriptedPortal({ 'GET /v1/policies': () => now(), 'POST /v1/policies/plan': (body) => planOf(body), 'POST /v1/policies/changes': () => taken(), [`GET /v1/policies/changes/${changeId}`]: () => outcome('in-force'), ...more }, options);
const planned = (sent: ReturnType<typeof portal>['sent']) => sent.flatMap(({ call, body }) => (call === 'POST /v1/policies/plan' ? [idIn(body as Question)] : []));
const submitted = (sent: ReturnType<typeof portal>['sent']) => sent.flatMap(({ call, body }) => (call === 'POST /v1/policies/changes' ? [(body as { id: string }).id] : []));

describe('policies in force', () => {
  it('are written into files that change nothing when they are planned again', async () => {
    const { team, sent } = portal();
    const out = path.join(folder, 'out');
    expect(await team('policies', 'export', out)).toEqual({ code: 0, said: ['approvers.yaml', 'eligibility.yaml', 'limits.yaml'].map((name) => path.join(out, name)), remarks: ['prod names g-1, which AWS does not know any more'] });
    expect(readFileSync(path.join(out, 'eligibility.yaml'), 'utf8')).toBe(`${text('dev')}---\n${text('old')}`);
    expect(await team('policies', 'plan', out)).toEqual({ code: 0, said: ['Nothing would change.'], remarks: [] });
    expect(planned(sent)).toEqual([]);
    expect(await team('policies', 'export', out)).toMatchObject({ code: 2, remarks: [expect.stringContaining('--force')] });
  });

  it('are listed, and shown as they are written', async () => {
    const { team } = portal();
    expect(await team('policies', 'list')).toEqual({ code: 0, said: ['ApproverPolicy     prod  (version 1)', 'EligibilityPolicy  dev  (version 1)', 'EligibilityPolicy  old  (version 1)', 'Limits             limits  (version 1)'], remarks: [] });
    expect(await team('policies', 'show', 'dev')).toMatchObject({ code: 0, said: text('dev').trimEnd().split('\n') });
    expect(JSON.parse((await team('policies', 'show', 'limits', '--json')).said.join(''))).toMatchObject({ kind: 'Limits', version: 1, text: limits });
    expect(await team('policies', 'show', 'nobody')).toMatchObject({ code: 1, remarks: [expect.stringContaining('no policy "nobody" is in force')] });
    const twice = portal({ 'GET /v1/policies': () => now([], [...standing, inForce('Bundle', 'dev', 'kind: Bundle\n')]) });
    expect(await twice.team('policies', 'show', 'dev')).toMatchObject({ code: 2, remarks: [expect.stringContaining('--kind EligibilityPolicy or Bundle')] });
    expect(await twice.team('policies', 'show', 'dev', '--kind', 'Bundle')).toMatchObject({ code: 0, said: ['kind: Bundle'] });
  });

  it('say what waits for a second administrator, without what moves a cursor', async () => {
    expect((await portal({ 'GET /v1/policies': () => now([proposal]) }).team('policies', 'pending')).said).toEqual([`${changeId}  EligibilityPolicy dev, by olga, until 2026-12-03T09:00:00.000Z`, '    it adds groups: Everyone�[2J']);
    expect((await portal().team('policies', 'pending')).said).toEqual(['Nothing waits.']);
  });
});

describe('files of a folder', () => {
  beforeEach(() => {
    write('a.yaml', `# who\n${text('dev', 120)}---\n# as it was\n${text('new')}`);
    write('b.yml', `---\n${approver}---\nkind: Emitter\nname: ci\n---\n# nothing\n`);
  });

  it('are planned one by one, what is removed last, and what stands already not at all', async () => {
    const effects = [{ sign: '~', text: 'group Developers: up to 120 min' }] as const;
    const reasons = [{ code: 'ERR_NO_APPROVER_POLICY', message: 'nobody could approve' }];
    const { team, sent } = portal({
      'POST /v1/policies/plan': (body) => planOf(body, { differences: ['maximumDurationMinutes 60 → 120'], ...(idIn(body as Question) === 'dev' ? { effects, widens: ['it is longer'], needsSecondAdministrator: true } : { reasons }) }),
    });
    expect(await team('policies', 'plan', folder)).toEqual({
      code: 0,
      said: [
        ...['~ EligibilityPolicy dev', '    maximumDurationMinutes 60 → 120', '    wider: it is longer', '    would wait for a second administrator'],
        ...['+ EligibilityPolicy new', '    would be refused as things stand: ERR_NO_APPROVER_POLICY: nobody could approve'],
        ...['- EligibilityPolicy old', '    would be refused as things stand: ERR_NO_APPROVER_POLICY: nobody could approve'],
        ...['\nWho gains (+), loses (-) or has it differently (~):', '  ~ group Developers: up to 120 min', '\n3 changes. Nothing was applied.'],
      ],
      remarks: [],
    });
    expect(planned(sent)).toEqual(['dev', 'new', 'old']);
    expect(JSON.parse((await team('policies', 'plan', folder, '--json')).said.join(''))).toMatchObject({ changes: [{ id: 'dev', before: {}, after: {}, expectedVersion: 1 }, { id: 'new' }, { id: 'old' }], effects });
  });

  it('are told apart by what is wrong in them, with file and line', async () => {
    const wrong = { 'POST /v1/policies/plan': (body: unknown) => (idIn(body as Question) === 'new' ? { ...nothing, problems: [{ line: 2, field: 'principals', message: 'is missing' }, { field: 'targets', message: 'is too long' }] } : planOf(body)) };
    const { code, remarks } = await portal(wrong).team('policies', 'validate', folder);
    // The document begins with its marker, on line 5.
    expect([code, remarks.join('\n')]).toEqual([1, `2 problems, nothing was loaded:\n  ${path.join(folder, 'a.yaml')}:6 principals: is missing\n  ${path.join(folder, 'a.yaml')}: targets: is too long`]);
    expect(await portal().team('policies', 'validate', folder)).toMatchObject({ code: 0, said: ['The files can be read: 2 eligibility policies, 1 approver policy, 0 bundles, no limits.', '1 document of the deployment: not applied from here.'] });
  });

  it.each([
    ['kind: [', 'c.yaml:1 not YAML'],
    [`\n---\n${text('dev')}`, 'c.yaml:2 there is another EligibilityPolicy dev already'],
    ['kind: Policy\nname: x\n', 'c.yaml:1 kind: is none of EligibilityPolicy'],
    ['kind: Bundle\n', 'c.yaml:1 name: is missing'],
  ])('are not sent where %j is among them', async (says, why) => {
    write('c.yaml', says);
    const { team, sent } = portal();
    const { code, remarks } = await team('policies', 'apply', folder, '--yes');
    expect([code, remarks.join()]).toEqual([1, expect.stringContaining(why)]);
    expect(sent).toEqual([]);
  });

  it('that hold nothing are not taken for the removal of everything', async () => {
    write('a.yaml', '# later\n');
    rmSync(path.join(folder, 'b.yml'));
    const { team, sent } = portal();
    expect(await team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 2, remarks: [expect.stringContaining('say no policy')] });
    expect(sent).toEqual([]);
  });

  it('are submitted as they were planned, once somebody said yes', async () => {
    const terminal = answering('yes', 'no');
    const outcomes = [outcome('waits', { text: 'it waits' }), problem(404, 'ERR_CHANGE_UNKNOWN', 'not yet'), outcome('in-force'), outcome('refused', { reasons: [{ code: 'ERR_VERSION_CONFLICT', message: 'look again' }] })];
    const { team, sent, pauses } = portal({ [`GET /v1/policies/changes/${changeId}`]: () => outcomes.shift() }, { terminal });
    const { code, said, remarks } = await team('policies', 'apply', folder);
    expect({ code, said }).toEqual({
      code: 1,
      said: [
        ...['~ EligibilityPolicy dev: it waits', `    Next, by another administrator: npx team policies agree ${changeId}`, '+ EligibilityPolicy new: it is so'],
        ...['- EligibilityPolicy old: refused', '    ERR_VERSION_CONFLICT: look again', '1 change in force, 1 waiting for a second administrator, 1 refused.'],
      ],
    });
    expect([terminal.asked, remarks[0], pauses]).toEqual([['Submit 3 changes? (yes or no): '], '~ EligibilityPolicy dev', [500]]);
    expect(sent.find(({ call }) => call === 'POST /v1/policies/changes')?.body).toEqual({ kind: 'EligibilityPolicy', id: 'dev', expectedVersion: 1, policy: policyOf('dev') });
    const before = submitted(sent);
    expect(await team('policies', 'apply', folder)).toMatchObject({ code: 1, said: [], remarks: expect.arrayContaining(['Nothing was submitted.']) });
    expect(submitted(sent)).toEqual(before);
  });

  it('are submitted by a script that says so alone, and not twice where they wait', async () => {
    const waiting = { ...proposal, policy: policyOf('dev') };
    const { team, sent } = portal({ 'GET /v1/policies': () => now([waiting]) });
    expect(await team('policies', 'apply', folder)).toMatchObject({ code: 2, remarks: [expect.stringContaining('--yes')] });
    expect(await team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 0, said: expect.arrayContaining([`~ EligibilityPolicy dev (waits for a second administrator: ${changeId})`, '2 changes in force, 1 waiting for a second administrator, 0 refused.']) });
    expect(submitted(sent)).toEqual(['new', 'old']);
  });

  it('are submitted once more where who judges has not heard of an approver policy yet', async () => {
    const outcomes = [outcome('refused', { reasons: [{ code: 'ERR_NO_APPROVER_POLICY', message: 'nobody' }] })];
    const { team, sent, pauses } = portal({ [`GET /v1/policies/changes/${changeId}`]: () => outcomes.shift() ?? outcome('in-force') });
    expect(await team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 0, remarks: [] });
    expect([submitted(sent), pauses]).toEqual([['dev', 'dev', 'new', 'old'], [3_000]]);
  });

  it('are not gone on with where the sign-in is too old, or nothing is heard of a change', async () => {
    const old = portal({ 'POST /v1/policies/changes': () => problem(401, 'ERR_SIGN_IN_TOO_OLD', 'sign in again') });
    expect(await old.team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 4, said: [] });
    expect(submitted(old.sent)).toEqual(['dev']);
    const answers = [taken(), problem(401, 'ERR_SIGN_IN_TOO_OLD', 'sign in again')];
    const halfway = await portal({ 'POST /v1/policies/changes': () => answers.shift() }).team('policies', 'apply', folder, '--yes', '--json');
    expect([halfway.code, JSON.parse(halfway.said.join('')) as object]).toEqual([4, [{ kind: 'EligibilityPolicy', id: 'dev', changeId, outcome: 'in-force', text: 'it is so', reasons: [] }]]);
    const silent = portal({ [`GET /v1/policies/changes/${changeId}`]: () => problem(404, 'ERR_CHANGE_UNKNOWN', 'not yet') });
    expect(await silent.team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 1, remarks: [expect.stringContaining(`no answer to change ${changeId} for 15 s`)] });
  });
});

describe('a change that waits', () => {
  const deciding = (of: object) => portal({ [`POST /v1/policies/changes/${changeId}/decisions`]: () => taken('?decided=2026-11-30T10%3A00%3A00.000Z'), [`GET /v1/policies/changes/${changeId}`]: () => of });

  it('is agreed with, and it is said what comes of it since then', async () => {
    const { team, sent } = deciding(outcome('in-force'));
    expect(await team('policies', 'agree', changeId.toUpperCase(), '--comment', 'good')).toEqual({ code: 0, said: ['In force: it is so'], remarks: [] });
    expect(sent.map(({ body, url }) => body ?? url.search)).toEqual([{ verdict: 'agree', comment: 'good' }, '?decided=2026-11-30T10%3A00%3A00.000Z']);
  });

  it('is disagreed with, which is what was wanted; anything else is not', async () => {
    const refused = (code: string) => outcome('refused', { reasons: [{ code, message: 'no' }] });
    expect(await deciding(refused('ERR_CHANGE_DISAGREED')).team('policies', 'disagree', changeId)).toMatchObject({ code: 0, said: ['ERR_CHANGE_DISAGREED: no'] });
    expect(JSON.parse((await deciding(refused('ERR_CHANGE_DISAGREED')).team('policies', 'disagree', changeId, '--json')).said.join(''))).toMatchObject({ changeId, outcome: 'refused', reasons: [{ code: 'ERR_CHANGE_DISAGREED' }] });
    expect(await deciding(refused('ERR_SELF_AGREEMENT')).team('policies', 'agree', changeId)).toMatchObject({ code: 1 });
    expect(await deciding(outcome('in-force')).team('policies', 'agree', 'dev')).toMatchObject({ code: 2, remarks: [expect.stringContaining('no id of a change')] });
  });
});

describe('what somebody may have', () => {
  const explained = { allowed: true, person: 'wren', accountName: 'Prod 002', permissionSetName: 'ReadOnlyAccess', durationMinutes: 30, policyId: 'dev', approvalRequired: true, reasons: [], warnings: [], denying: [], considered: [], stages: [{ policyId: 'prod', quorum: 1, people: ['emeka'], count: 2 }] };
  const asking = ['policies', 'explain', '--user', 'wren', '--account', 'Prod 002', '--permission-set', 'ReadOnlyAccess'];

  it('is explained as the local run does', async () => {
    const { team, sent } = portal({ 'POST /v1/policies/explain': () => explained });
    expect(await team(...asking, '--minutes', '30', '--ticket', 'OPS-1', '--start', '2026-12-01T10:00:00+01:00', '--break-glass')).toEqual({
      code: 0,
      said: ['wren may have ReadOnlyAccess in Prod 002 for 30 minutes under policy "dev", with approval.', 'Could approve, stage 1 of 1 (policy "prod", 1 of them): emeka and 1 more'],
      remarks: [],
    });
    expect(sent[0]?.body).toEqual({ person: 'wren', account: 'Prod 002', permissionSet: 'ReadOnlyAccess', durationMinutes: 30, ticketId: 'OPS-1', justification: 'explain', startAt: '2026-12-01T09:00:00.000Z', breakGlass: true });
    expect(JSON.parse((await team(...asking, '--json')).said.join(''))).toEqual(explained);
  });

  it('is held to the expectations of a file, of what is in force now', async () => {
    write('expect.yaml', '- { user: wren, account: Prod 002, permissionSet: ReadOnlyAccess, minutes: 30, expect: allowed, approval: required, policy: dev }\n- { user: wren, account: Prod 002, permissionSet: Admin, expect: refused, code: ERR_NOT_ELIGIBLE }\n');
    const file = path.join(folder, 'expect.yaml');
    const { team, sent } = portal({ 'POST /v1/policies/explain': () => explained });
    expect(await team('policies', 'test', file)).toEqual({ code: 1, said: [`${file}:2 wren, Admin in Prod 002: expected refused, is allowed by policy "dev"`, '1 of 2 expectations hold.'], remarks: [] });
    expect(sent.map(({ body }) => body)).toEqual([
      { person: 'wren', account: 'Prod 002', permissionSet: 'ReadOnlyAccess', durationMinutes: 30, justification: 'a test of policies' },
      { person: 'wren', account: 'Prod 002', permissionSet: 'Admin', durationMinutes: 60, justification: 'a test of policies' },
    ]);
    const unknown = portal({ 'POST /v1/policies/explain': () => problem(400, 'ERR_ACCOUNT_UNKNOWN', 'there is no account Prod 002') });
    expect(await unknown.team('policies', 'test', file)).toMatchObject({ code: 1, said: [], remarks: [expect.stringContaining(`${file}:1 A title: there is no account`)] });
    write('expect.yaml', '- { user: wren, account: Prod 002, permissionSet: Admin, expect: refused, at: 2026-11-01T00:00:00Z }\n');
    expect(await portal().team('policies', 'test', file)).toMatchObject({ code: 2, remarks: [expect.stringContaining('ERR_NOT_AT_THE_PORTAL')] });
  });

  it('ends with 1 where they may not', async () => {
    const no = { ...explained, allowed: false, approvalRequired: false, reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no policy' }], considered: [{ policyId: 'dev', problems: [] }], stages: [] };
    expect(await portal({ 'POST /v1/policies/explain': () => no }).team(...asking)).toMatchObject({ code: 1, said: ['wren may not have ReadOnlyAccess in Prod 002:', '  ERR_NOT_ELIGIBLE: no policy', 'What each policy that covers it would need:', '  "dev": nothing more'] });
  });
});

describe('at another place than the portal', () => {
  const connect = () => {
    throw unreachable('this is the local run');
  };

  it.each([[['replay', 'x', '--since', '2026-11-22T00:00:00Z'], 'replay'], [['test', 'x', '--policies', 'y'], 'test --policies'], [['report', 'who'], 'report']])('%j says how it is done there', async (argv, name) => {
    const { team, sent } = portal({}, { connect });
    const { code, remarks } = await team('policies', ...argv);
    expect([code, remarks.join()]).toEqual([2, expect.stringMatching(new RegExp(`ERR_NOT_AT_THE_PORTAL[^]*policies ${name} …\\n.*npx team policies --aws ${name} …`))]);
    expect(sent).toEqual([]);
  });

  it('it is done with --aws, --as or an endpoint, and where nobody is signed in', async () => {
    for (const argv of [['policies', '--aws', 'plan', 'x'], ['policies', 'apply', 'x', '--as', 'ana'], ['--endpoint', 'http://127.0.0.1:8042', 'policies', 'pending'], ['policies', '--aws', 'replay', 'x', '--since', '2026-11-22T00:00:00Z']]) {
      const { team, sent } = portal({}, { connect });
      expect(await team(...argv)).toMatchObject({ code: 3, remarks: ['this is the local run'] });
      expect(sent).toEqual([]);
    }
    expect(await portal({}, { connect, kept: null }).team('policies', 'pending')).toMatchObject({ code: 3 });
    expect(await portal({}, { kept: null }).team('policies', 'apply', 'x')).toMatchObject({ code: 2, remarks: [expect.stringContaining('say who: --as USER')] });
  });
});
