import type { Rule, SourceFile } from './rule.ts';
import { rules } from './rules.ts';

/** The smallest project that no rule objects to. */
const sound: Record<string, string> = {
  'package.json': packageJson({ name: 'team', allowScripts: { node: true, nx: false }, devDependencies: { node: '24.21.0' } }),
  'package-lock.json': JSON.stringify({
    packages: {
      '': { name: 'team' },
      'node_modules/@team/expiry': { resolved: 'services/expiry', link: true },
      'node_modules/node': { version: '24.21.0', hasInstallScript: true },
      'node_modules/jest/node_modules/nx': { version: '1.0.0', hasInstallScript: true },
    },
  }),
  'README.md': '# TEAM\n',
  '.editorconfig': 'root = true\n',
  'contracts/package.json': JSON.stringify({ name: '@team/contracts', version: '1.0.0', dependencies: { zod: '4.6.7' } }),
  'contracts/published/long.ts': 'line\n'.repeat(1000),
  'services/expiry/package.json': JSON.stringify({ name: '@team/expiry', version: '1.0.0', dependencies: { '@team/contracts': '1.0.0' } }),
  'services/expiry/README.md': '# Expiry\n## Owns\n## Consumes\n## Publishes\n## Failure modes\n',
  'services/expiry/src/manifest.ts': '',
  'services/expiry/src/domain/decide.ts': 'line\n'.repeat(250),
  'services/expiry/src/domain/decide.unit.test.ts': '',
  'services/expiry/src/application/close-window.ts': '',
  'services/expiry/src/adapters/windows-table.ts': '',
  'services/expiry/src/compose.ts': '',
  'services/expiry/src/compose.int.test.ts': '',
  'services/expiry/src/lambda/on-access-approved.ts': 'line\n'.repeat(29),
  'services/portal/package.json': JSON.stringify({ name: '@team/portal', version: '1.0.0' }),
  'services/portal/README.md': '# Portal\n',
  'services/portal/cli/team.js': '',
};

function files(changes: Record<string, string | undefined> = {}): SourceFile[] {
  return Object.entries({ ...sound, ...changes }).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]));
}

function findings(changes: Record<string, string | undefined>): string[] {
  return rules.flatMap((rule) => rule.find(files(changes)).map((finding) => `${rule.name} ${finding}`));
}

function packageJson(changes: object): string {
  return JSON.stringify({ name: '@team/contracts', version: '1.0.0', ...changes });
}

// Written in two halves, so that the rules do not find this file.
const TO_DO = 'TO' + 'DO';
const SOMEBODYS_FOLDER = '/ho' + 'me/somebody/team';

const contracts = 'contracts/package.json';
const expiry = 'services/expiry';
const lambda = `${expiry}/src/lambda/on-access-approved.ts`;
const threeSections = '## Owns\n## Consumes\n## Publishes\n';
const unjudged = JSON.stringify({ packages: { 'node_modules/a/node_modules/@b/c': { hasInstallScript: true } } });
const downloaded = JSON.stringify({ packages: { 'node_modules/zod': { resolved: 'https://registry.example/zod.tgz' } } });

/** What is wrong, the file that makes it so, its text (`undefined`: it is missing), and the rule's finding. */
const violations: [what: string, file: string, text: string | undefined, finding: string][] = [
  ['a file that has no place at the top', 'eslint.config.js', '', 'top-level eslint.config.js'],
  ['TypeScript that nothing checks', 'test/journeys/try.mts', '', 'checked-sources test/journeys/try.mts'],
  ['JavaScript that nothing checks', `${expiry}/src/domain/try.mjs`, '', `checked-sources ${expiry}/src/domain/try.mjs`],
  ['a folder that has no place at the top', 'tools/build.ts', '', 'top-level tools'],
  ['a source file of 251 lines', 'shared/runtime/long.ts', 'line\n'.repeat(251), 'file-length shared/runtime/long.ts: 251 lines'],
  ['a long file without a last line end', 'test/long.tsx', 'line\n'.repeat(250) + 'x', 'file-length test/long.tsx: 251 lines'],
  ['a drawer as a file', 'shared/runtime/src/utils.ts', '', 'drawer-names shared/runtime/src/utils.ts'],
  ['a drawer as a folder', 'shared/common/index.ts', '', 'drawer-names shared/common/index.ts'],
  ['a drawer as a part of a name', 'test/journeys/request-helpers.ts', '', 'drawer-names test/journeys/request-helpers.ts'],
  ['an unfinished mark', 'docs/plan.md', `fine\n${TO_DO}: more\n`, 'unfinished-marks docs/plan.md:2'],
  ['a path of a machine', 'docs/run.md', `cd ${SOMEBODYS_FOLDER}\n`, 'machine-paths docs/run.md:1'],
  ['a path of a machine in a file URL', 'docs/run.md', `file://${SOMEBODYS_FOLDER}\n`, 'machine-paths docs/run.md:1'],
  ['a test that no run would find', 'test/journeys/demo.test.ts', '', 'test-levels test/journeys/demo.test.ts'],
  ['a test in JavaScript', 'test/journeys/demo.unit.test.js', '', 'test-levels test/journeys/demo.unit.test.js'],
  ['a version range', contracts, packageJson({ dependencies: { zod: '^4.6.7' } }), `pinned-versions ${contracts}: zod ^4.6.7`],
  ['a tag for a version', contracts, packageJson({ devDependencies: { zod: 'latest' } }), `pinned-versions ${contracts}: zod latest`],
  ['two versions of one package', contracts, packageJson({ dependencies: { node: '24.20.0' } }), `pinned-versions ${contracts}: node`],
  ['a workspace package that is newer', contracts, packageJson({ version: '2.0.0' }), `pinned-versions ${expiry}/package.json: @team/c`],
  ['no lockfile', 'package-lock.json', undefined, 'lockfile package-lock.json: missing'],
  ['a download address', 'package-lock.json', downloaded, 'lockfile package-lock.json: node_modules/zod records https://registry.example'],
  ['an install script nobody judged', 'package-lock.json', unjudged, 'lockfile package.json: allowScripts does not judge @b/c'],
  ['a service without a README', `${expiry}/README.md`, undefined, `service-anatomy ${expiry}/README.md: missing`],
  ['a README without failure modes', `${expiry}/README.md`, threeSections, `service-anatomy ${expiry}/README.md: no section`],
  ['a service misnamed', `${expiry}/package.json`, packageJson({ name: '@team/end' }), `service-anatomy ${expiry}/package.json: must be`],
  ['a service without a domain', `${expiry}/src/domain/decide.ts`, undefined, `service-anatomy ${expiry}/src/domain/: missing`],
  ['a service without a composition', `${expiry}/src/compose.ts`, undefined, `service-anatomy ${expiry}/src/compose.ts: missing`],
  ['a source outside the anatomy', `${expiry}/src/timers.ts`, '', `service-anatomy ${expiry}/src/timers.ts: is no part`],
  ['a Lambda entry of 30 lines', lambda, 'line\n'.repeat(30), `service-anatomy ${lambda}: an entry is under 30 lines`],
  ['a portal without a door', 'services/portal/cli/team.js', undefined, 'service-anatomy services/portal/: has none of'],
];

describe('rules about files', () => {
  it('find nothing in a sound project', () => {
    expect(findings({})).toEqual([]);
  });

  it.each(violations)('find %s', (_what, file, text, finding) => {
    expect(findings({ [file]: text })).toEqual([expect.stringContaining(finding)]);
  });

  it('have a violation planted for each of them', () => {
    const planted = new Set(violations.map(([, , , finding]) => finding.split(' ')[0]));
    expect(rules.map(({ name }: Rule) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  it.each([
    'arn:aws:iam::111122223333:user/home/x',
    's3://bucket/root/key',
    './home/team',
    'https://example.com/Users/1',
    '~/mnt/x',
  ])('take %s for no path of a machine', (text) => {
    expect(findings({ 'docs/run.md': text })).toEqual([]);
  });

  it('take a bold word at the start of a table row for a section', () => {
    const readme = '| **Owns** | a table |\n| **Consumes** | x |\n| **Publishes** | y |\n\n## Failure modes\n';
    expect(findings({ 'services/expiry/README.md': readme })).toEqual([]);
  });
});
