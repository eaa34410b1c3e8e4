import { linted, withSiem } from '../../test/templates.ts';

const patienceMs = 120_000;
const found = linted(withSiem);
if (found === undefined) console.warn('cfn-lint is not installed here: the templates were not linted');

it(found === undefined ? 'cfn-lint is not installed here: the templates were NOT linted' : 'cfn-lint finds no error in the templates', () => {
  if (found !== undefined) expect(found).toEqual({ status: 0, errors: [], stderr: '' });
}, patienceMs);
