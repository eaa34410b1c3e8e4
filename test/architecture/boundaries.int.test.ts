import { boundaries } from './boundaries.ts';
import { plantWorkspace } from './planted-workspace.ts';
import type { CommandEnd } from './run-node.ts';

function packageJson(name: string, dependencies: readonly string[] = []): string {
  return JSON.stringify({ name, exports: { '.': './src/index.ts', './manifest': './src/manifest.ts', './compose': './src/compose.ts' }, dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0'])) });
}

/** Every kind of import that the table allows. */
const sound: Record<string, string> = {
  'contracts/package.json': packageJson('@team/contracts', ['zod']),
  'contracts/src/index.ts': "import * as z from 'zod';\nexport const contract = z.string();\n",
  'contracts/src/index.unit.test.ts': "import fc from 'fast-check';\nimport { contract } from './index.ts';\nexport const checked = [fc, contract];\n",
  'contracts/tools/generate.ts': "import { writeFileSync } from 'node:fs';\nimport Ajv from 'ajv';\nimport { contract } from '../src/index.ts';\nexport const generated = [writeFileSync, Ajv, contract];\n",
  'shared/runtime/package.json': packageJson('@team/runtime', ['@team/contracts', '@aws-sdk/client-kms', 'uuid']),
  'shared/runtime/src/index.ts': "import { KMSClient } from '@aws-sdk/client-kms';\nimport { contract } from '@team/contracts';\nimport { v5 } from 'uuid';\nexport const runtime = [KMSClient, contract, v5];\n",
  'shared/testing/package.json': packageJson('@team/testing', ['@team/runtime']),
  'shared/testing/src/index.ts': "import { runtime } from '@team/runtime';\nexport const testing = runtime;\n",
  'services/expiry/package.json': packageJson('@team/expiry', ['@team/contracts', '@team/runtime', '@aws-sdk/client-kms']),
  'services/expiry/src/manifest.ts': "import { contract } from '@team/contracts';\nimport { runtime } from '@team/runtime';\nexport const manifest = [contract, runtime];\n",
  'services/expiry/src/domain/state.ts': 'export const state = 1;\n',
  'services/expiry/src/domain/decide.ts': "import { state } from './state.ts';\nexport const decide = state;\n",
  'services/expiry/src/domain/decide.unit.test.ts': "import { testing } from '@team/testing';\nimport fc from 'fast-check';\nimport { decide } from './decide.ts';\nexport const checked = [testing, fc, decide];\n",
  'services/expiry/src/application/ports.ts': 'export interface Windows {\n  open(): void;\n}\n',
  'services/expiry/src/application/open-window.ts': "import { contract } from '@team/contracts';\nimport { decide } from '../domain/decide.ts';\nimport type { Windows } from './ports.ts';\nexport const openWindow = (windows: Windows): unknown => [windows, contract, decide];\n",
  'services/expiry/src/adapters/windows-table.ts': "import { createHash } from 'node:crypto';\nimport { KMSClient } from '@aws-sdk/client-kms';\nimport { runtime } from '@team/runtime';\nimport type { Windows } from '../application/ports.ts';\nimport { state } from '../domain/state.ts';\nexport const windows: [Windows | undefined, ...unknown[]] = [undefined, createHash, KMSClient, runtime, state];\n",
  'services/expiry/src/compose.ts': "import { runtime } from '@team/runtime';\nimport { windows } from './adapters/windows-table.ts';\nimport { openWindow } from './application/open-window.ts';\nexport const compose = [runtime, windows, openWindow];\n",
  'services/expiry/src/lambda/on-access-approved.ts': "import type { SQSEvent } from 'aws-lambda';\nimport { compose } from '../compose.ts';\nexport const handler = (event: SQSEvent): unknown => [event, compose];\n",
  'services/request/package.json': packageJson('@team/request', ['@team/expiry']),
  'services/request/src/index.ts': 'export const request = 1;\n',
  'services/portal/package.json': packageJson('@team/portal', ['@team/runtime', 'commander']),
  'services/portal/cli/main.ts': "import { Command } from 'commander';\nimport { runtime } from '@team/runtime';\nexport const cli = [Command, runtime];\n",
  'infra/local/package.json': packageJson('@team/local', ['@team/expiry', 'commander']),
  'infra/local/src/start.ts': "import { Command } from 'commander';\nimport { compose } from '@team/expiry/compose';\nimport { manifest } from '@team/expiry/manifest';\nexport const start = [Command, compose, manifest];\n",
  'infra/aws/package.json': packageJson('@team/aws', ['@team/expiry']),
  'infra/aws/src/stack.ts': "import { manifest } from '@team/expiry/manifest';\nexport const stack = manifest;\n",
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
  [eachOther, 'services/portal/cli/bad-service.ts', '@team/expiry/manifest'],
  ['contracts-import-zod', 'contracts/src/bad-node.ts', 'node:crypto'],
  ['contracts-import-zod', 'contracts/src/bad-package.ts', 'uuid'],
  ['contracts-import-zod', 'contracts/src/bad-shared.ts', '@team/runtime'],
  ['contract-tools-import-contracts', 'contracts/tools/bad-shared.ts', '@team/runtime'],
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
  [fromTests, 'services/expiry/src/lambda/bad-journey.ts', '../../../../test/run.ts'],
  [declared, 'shared/runtime/src/bad-undeclared.ts', 'fast-check'],
  [declared, 'services/expiry/src/adapters/bad-undeclared.ts', '@aws-sdk/client-sqs'],
  ['every-import-resolves', 'services/expiry/src/domain/bad-nowhere.ts', './nowhere.ts'],
  ['every-import-resolves', 'services/expiry/src/domain/bad-no-package.ts', '@team/nowhere'],
  ['no-cycles', 'services/expiry/src/domain/bad-cycle.ts', './bad-cycle-back.ts'],
];

const planted: Record<string, string> = {
  'services/approval/package.json': packageJson('@team/approval'),
  'services/expiry/src/domain/bad-cycle-back.ts': "import './bad-cycle.ts';\n",
  'services/expiry/src/domain/bad-type-only.ts': "import type { Windows } from '../application/ports.ts';\nexport type Opened = Windows;\n",
  'services/request/src/lambda/bad-dynamic.ts': "export const other = await import('@team/expiry/compose');\n",
  ...Object.fromEntries(violations.map(([, file, imported]) => [file, `import '${imported}';\n`])),
};

async function check(files: Record<string, string>): Promise<CommandEnd> {
  const workspace = plantWorkspace(files);
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
    [whole, broken] = await Promise.all([check(sound), check({ ...sound, ...planted })]);
  }, 60_000);

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
    expect(findings(broken).filter((finding) => finding.split(' ').some((word) => word in sound))).toEqual([]);
  });

  it('has a violation planted for every row', () => {
    const rows = boundaries.forbidden?.map(({ name }) => name);
    expect(rows?.filter((row) => !violations.some(([rule]) => rule === row))).toEqual([]);
  });
});
