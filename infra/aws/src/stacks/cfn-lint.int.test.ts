import { spawnSync } from 'node:child_process';
import { example, withTemplates } from '../../test/templates.ts';

const patienceMs = 120_000;
/** cfn-lint is a program of Python's that npm cannot install: https://github.com/aws-cloudformation/cfn-lint */
const isThere = spawnSync('cfn-lint', ['--version']).status === 0;
if (!isThere) console.warn('cfn-lint is not installed here: the templates were not linted');

it(isThere ? 'cfn-lint finds no error in the templates' : 'cfn-lint is not installed here: the templates were NOT linted', () => {
  if (!isThere) return;
  const errors = withTemplates(example, ({ stacks }) => {
    const { stdout, stderr, status } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--format', 'parseable', '--', ...stacks.map(({ templateFullPath }) => templateFullPath)], { encoding: 'utf8' });
    return { status, errors: stdout.split('\n').filter((line) => /:E\d{4}:/.test(line)), stderr };
  });
  expect(errors).toEqual({ status: 0, errors: [], stderr: '' });
}, patienceMs);
