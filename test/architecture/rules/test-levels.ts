import type { Rule } from './rule.ts';

export const testLevels: Rule = {
  name: 'test-levels',
  why: 'A test says its level in its name, or no run would find it: *.unit.test.ts, *.int.test.ts, *.journey.test.ts, *.browser.test.ts, *.type.test.ts.',
  find: (files) =>
    files
      .filter(({ path }) => /[.](test|spec)[.][a-z]+$/.test(path) && !/[.](unit|int|journey|browser|type)[.]test[.]ts$/.test(path))
      .map(({ path }) => `${path}: no level that is run`),
};
