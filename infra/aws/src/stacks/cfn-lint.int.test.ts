import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stacksOf, withSiem } from '../../test/templates.ts';

const patienceMs = 120_000;
/** cfn-lint is a program of Python's that npm cannot install: https://github.com/aws-cloudformation/cfn-lint */
const isThere = spawnSync('cfn-lint', ['--version']).status === 0;
if (!isThere) console.warn('cfn-lint is not installed here: the templates were not linted');

const folder = mkdtempSync(path.join(tmpdir(), 'team-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

it(isThere ? 'cfn-lint finds no error in the templates' : 'cfn-lint is not installed here: the templates were NOT linted', () => {
  if (!isThere) return;
  const files = stacksOf(withSiem).map(({ stackName, template }) => {
    const file = path.join(folder, `${stackName}.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
  const { stdout, stderr, status } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--format', 'parseable', '--', ...files], { encoding: 'utf8' });
  expect({ status, errors: stdout.split('\n').filter((line) => /:E\d{4}:/.test(line)), stderr }).toEqual({ status: 0, errors: [], stderr: '' });
}, patienceMs);
