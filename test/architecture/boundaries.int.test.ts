import { boundaries } from './boundaries.ts';
import { plantWorkspace } from './planted-workspace.ts';
import type { CommandEnd } from './run-node.ts';

function packageJson(name: string, ...dependencies: string[]): string {
  const exports = { '.': './src/index.ts', './manifest': './src/manifest.ts', './compose': './src/compose.ts' };
  return JSON.stringify({ name, exports, dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0'])) });
}

const packages: Record<string, string> = {
  'contracts/package.json': packageJson('@team/contracts', 'zod'),
  'shared/runtime/package.json': packageJson('@team/runtime', '@team/contracts', '@aws-sdk/client-kms', 'uuid'),
  'shared/testing/package.json': packageJson('@team/testing', '@team/runtime'),
  'services/approval/package.json': packageJson('@team/approval'),
  'services/expiry/package.json': packageJson('@team/expiry', '@team/contracts', '@team/runtime', '@aws-sdk/client-kms'),
  'services/request/package.json': packageJson('@team/request', '@team/expiry'),
  'services/portal/package.json': packageJson('@team/portal', '@team/contracts', '@team/runtime', 'commander', 'hono', 'zod'),
  'infra/local/package.json': packageJson('@team/local', '@team/expiry', 'commander'),
  'infra/aws/package.json': packageJson('@team/aws', '@team/expiry'),
};

/** Every kind of import that the table allows: file → what it imports. */
const sound: Record<string, string[]> = {
  'contracts/src/index.ts': ['zod'],
  'contracts/src/index.unit.test.ts': ['fast-check', './index.ts'],
  'contracts/tools/generate.ts': ['node:fs', 'ajv', '../src/index.ts'],
  'shared/runtime/src/index.ts': ['@aws-sdk/client-kms', '@team/contracts', 'uuid', 'node:crypto'],
  'shared/testing/src/index.ts': ['@team/runtime', '@team/contracts'],
  'services/expiry/src/manifest.ts': ['@team/contracts', '@team/runtime'],
  'services/expiry/src/domain/state.ts': [],
  'services/expiry/src/domain/decide.ts': ['./state.ts'],
  'services/expiry/src/domain/decide.unit.test.ts': ['@team/testing', 'fast-check', './decide.ts'],
  'services/expiry/src/application/ports.ts': ['../domain/state.ts'],
  'services/expiry/src/application/open-window.ts': ['@team/contracts', '../domain/decide.ts', './ports.ts'],
  'services/expiry/src/adapters/windows-table.ts': [
    ...['node:crypto', '@aws-sdk/client-kms', '@team/contracts', '@team/runtime'],
    ...['../application/ports.ts', '../domain/state.ts'],
  ],
  'services/expiry/src/compose.ts': ['@team/runtime', './adapters/windows-table.ts', './application/open-window.ts', './manifest.ts'],
  'services/expiry/src/lambda/on-access-approved.ts': ['aws-lambda', '@aws-sdk/client-kms', '../compose.ts'],
  'services/expiry/test/windows-for-tests.ts': ['@team/testing', 'fast-check', '../src/domain/state.ts'],
  'services/request/src/index.ts': [],
  'services/portal/api/src/contract/index.ts': ['zod'],
  'services/portal/story/src/fold.ts': ['@team/contracts'],
  'services/portal/api/src/domain/view.ts': ['@team/contracts', '../../../story/src/fold.ts', '../application/ports.ts', '../contract/index.ts'],
  'services/portal/api/src/application/ports.ts': ['../contract/index.ts'],
  'services/portal/api/src/application/decide.ts': ['@team/runtime', 'zod', '../domain/view.ts', './ports.ts'],
  'services/portal/api/src/compose.ts': ['hono', '@team/runtime', './application/decide.ts'],
  'services/portal/web/src/main.ts': ['commander'],
  'services/portal/cli/main.ts': ['commander', '@team/runtime', 'node:fs'],
  'infra/local/src/start.ts': ['commander', '@team/expiry/compose', '@team/expiry/manifest', '@team/runtime'],
  'infra/aws/src/stack.ts': ['@team/expiry/manifest', '@team/contracts'],
};

const domain = 'domain-imports-itself';
const application = 'application-imports-domain-contracts-ports';
const adapters = 'adapters-implement-ports';
const manifest = 'manifest-is-data';
const composition = 'compose-and-lambda-use-own-service';
const doors = 'doors-use-own-service';
const eachOther = 'services-never-import-each-other';
const shared = 'shared-imports-contracts-and-packages';
const local = 'infra-local-imports-manifests-and-compose';
const aws = 'infra-aws-imports-manifests';
const fromTests = 'tests-are-imported-by-nothing';
const fromServices = 'services-are-imported-by-compositions';
const declared = 'declared-dependencies';

/** Rule, the file that breaks it (one import each), and what it imports. */
const violations: [rule: string, file: string, imported: string][] = [
  [domain, 'services/expiry/src/domain/bad-node.ts', 'node:crypto'],
  [domain, 'services/expiry/src/domain/bad-sdk.ts', '@aws-sdk/client-kms'],
  [domain, 'services/expiry/src/domain/bad-package.ts', 'zod'],
  [domain, 'services/expiry/src/domain/bad-contract.ts', '@team/contracts'],
  [domain, 'services/expiry/src/domain/bad-shared.ts', '@team/runtime'],
  [domain, 'services/expiry/src/domain/bad-application.ts', '../application/ports.ts'],
  [application, 'services/expiry/src/application/bad-node.ts', 'node:crypto'],
  [application, 'services/expiry/src/application/bad-adapter.ts', '../adapters/windows-table.ts'],
  [application, 'services/expiry/src/application/bad-shared.ts', '@team/runtime'],
  [application, 'services/expiry/src/application/bad-sdk.ts', '@aws-sdk/client-kms'],
  [adapters, 'services/expiry/src/adapters/bad-use-case.ts', '../application/open-window.ts'],
  [adapters, 'services/expiry/src/adapters/bad-compose.ts', '../compose.ts'],
  [adapters, 'services/expiry/src/adapters/bad-package.ts', 'uuid'],
  [manifest, 'services/approval/src/manifest.ts', './compose.ts'],
  [composition, 'services/approval/src/compose.ts', 'uuid'],
  [composition, 'services/expiry/src/lambda/bad-package.ts', 'commander'],
  [doors, 'services/portal/cli/bad-local.ts', '../../../infra/local/src/start.ts'],
  [eachOther, 'services/request/src/compose.ts', '@team/expiry/compose'],
  [eachOther, 'services/request/src/lambda/bad-path.ts', '../../../expiry/src/domain/state.ts'],
  [eachOther, 'services/request/src/bad.unit.test.ts', '@team/expiry/manifest'],
  [eachOther, 'services/request/test/bad.ts', '@team/expiry/manifest'],
  [eachOther, 'services/portal/cli/bad-service.ts', '@team/expiry/manifest'],
  ['portal-tells-by-events', 'services/portal/api/src/domain/bad-use-case.ts', '../application/decide.ts'],
  ['portal-tells-by-events', 'services/portal/api/src/domain/bad-package.ts', 'zod'],
  ['portal-answers-by-promise', 'services/portal/api/src/application/bad-composition.ts', '../compose.ts'],
  ['portal-answers-by-promise', 'services/portal/api/src/application/bad-package.ts', 'hono'],
  [adapters, 'services/portal/api/src/adapters/bad-use-case.ts', '../application/decide.ts'],
  [composition, 'services/portal/api/src/compose-more.ts', 'commander'],
  ['web-knows-types-of-the-contract', 'services/portal/web/src/bad-schema.ts', '../../api/src/contract/index.ts'],
  ['web-knows-the-contract-alone', 'services/portal/web/src/bad-node.ts', 'node:fs'],
  ['web-knows-the-contract-alone', 'services/portal/web/src/bad-server.ts', '../../cli/main.ts'],
  ['contracts-import-zod', 'contracts/src/bad-node.ts', 'node:crypto'],
  ['contracts-import-zod', 'contracts/src/bad-package.ts', 'uuid'],
  ['contracts-import-zod', 'contracts/src/bad-shared.ts', '@team/runtime'],
  ['contract-tools-import-contracts', 'contracts/tools/bad-shared.ts', '@team/runtime'],
  ['trail-is-pure', 'shared/trail/src/bad-node.ts', 'node:crypto'],
  ['trail-is-pure', 'shared/trail/src/bad-shared.ts', '@team/runtime'],
  [shared, 'shared/runtime/src/bad-service.ts', '@team/expiry/manifest'],
  [shared, 'shared/runtime/src/bad-infra.ts', '../../../infra/local/src/start.ts'],
  ['testing-imports-shared', 'shared/testing/src/bad-infra.ts', '../../../infra/local/src/start.ts'],
  [fromServices, 'shared/runtime/src/bad.unit.test.ts', '@team/expiry/manifest'],
  [local, 'infra/local/src/bad-domain.ts', '../../../services/expiry/src/domain/state.ts'],
  [local, 'infra/local/src/bad-lambda.int.test.ts', '../../../services/expiry/src/lambda/on-access-approved.ts'],
  [aws, 'infra/aws/src/bad-compose.ts', '@team/expiry/compose'],
  [aws, 'infra/aws/src/bad-local.ts', '../../local/src/start.ts'],
  [fromTests, 'infra/local/src/bad-testing.ts', '@team/testing'],
  [fromTests, 'shared/runtime/src/bad-test.ts', './bad.unit.test.ts'],
  [fromTests, 'services/expiry/src/lambda/bad-test-folder.ts', '../../test/windows-for-tests.ts'],
  [fromTests, 'services/expiry/src/lambda/bad-journey.ts', '../../../../test/run.ts'],
  [declared, 'shared/runtime/src/bad-undeclared.ts', 'fast-check'],
  [declared, 'services/expiry/src/adapters/bad-undeclared.ts', '@aws-sdk/client-sqs'],
  ['every-import-resolves', 'services/expiry/src/domain/bad-nowhere.ts', './nowhere.ts'],
  ['every-import-resolves', 'services/expiry/src/domain/bad-no-package.ts', '@team/nowhere'],
  ['no-cycles', 'services/expiry/src/domain/bad-cycle.ts', './bad-cycle-back.ts'],
];

const planted: Record<string, string[]> = {
  ...sound,
  'services/expiry/src/domain/bad-cycle-back.ts': ['./bad-cycle.ts'],
  ...Object.fromEntries(violations.map(([, file, imported]) => [file, [imported]])),
};

/** Sound, too, since it is of types alone. */
const soundOtherwise: Record<string, string> = {
  'services/portal/web/src/typed.ts': "import type {} from '../../api/src/contract/index.ts';\nexport {};\n",
};

const plantedOtherwise: Record<string, string> = {
  ...soundOtherwise,
  'services/expiry/src/domain/bad-type-only.ts': "import type { Windows } from '../application/ports.ts';\nexport type Opened = Windows;\n",
  'services/request/src/lambda/bad-dynamic.ts': "export const other = await import('@team/expiry/compose');\n",
};

function sources(imports: Record<string, string[]>): Record<string, string> {
  // The last line makes a module of a file without imports.
  const text = (imported: string[]): string => [...imported.map((one) => `import '${one}';`), 'export {};', ''].join('\n');
  return Object.fromEntries(Object.entries(imports).map(([file, imported]) => [file, text(imported)]));
}

async function check(files: Record<string, string>): Promise<CommandEnd> {
  const workspace = plantWorkspace({ ...packages, ...files });
  try {
    return await workspace.run('test/check.ts', 'boundaries');
  } finally {
    workspace.remove();
  }
}

/** What the report says, as `rule file`: a cycle may be reported for either of its files. */
function findings({ output }: CommandEnd): string[] {
  return [...output.matchAll(/error ([\w-]+): (\S+) →/g)].map(([, rule, file]) => `${rule} ${file?.replace('-back', '')}`);
}

describe('the import table', () => {
  let broken: CommandEnd;
  let whole: CommandEnd;
  beforeAll(async () => {
    [whole, broken] = await Promise.all([check({ ...sources(sound), ...soundOtherwise }), check({ ...sources(planted), ...plantedOtherwise })]);
  }, 120_000);

  it('allows every import of a sound workspace', () => {
    expect(whole).toMatchObject({ ok: true, output: expect.stringContaining('no dependency violations found') });
  });

  it('fails the check when it is broken', () => {
    expect(broken.ok).toBe(false);
  });

  it.each(violations)('reports %s for %s importing %s', (rule, file) => {
    expect(findings(broken)).toContain(`${rule} ${file}`);
  });

  it('sees imports of types alone', () => {
    expect(findings(broken)).toContain(`${domain} services/expiry/src/domain/bad-type-only.ts`);
  });

  it('sees imports at run time', () => {
    expect(findings(broken)).toContain(`${eachOther} services/request/src/lambda/bad-dynamic.ts`);
  });

  it('reports nothing about the sound files beside the broken ones', () => {
    expect(findings(broken).filter((finding) => finding.split(' ').some((word) => word in sound || word in soundOtherwise))).toEqual([]);
  });

  it('has a violation planted for every row', () => {
    const rows = boundaries.forbidden?.map(({ name }) => name);
    expect(rows?.filter((row) => !violations.some(([rule]) => rule === row))).toEqual([]);
  });
});
