import { jsonFaultLine } from './json-fault-line.ts';

function lineOf(text: string): number | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return jsonFaultLine(text, error);
    throw error;
  }
  throw new Error('the text is JSON');
}

const rest = ',\n"name": "somebody"\n}\n';

test.each([
  ['what is no JSON at all', `root:x:0:0:root:/root:/bin/bash\n${'daemon:x:1:1:daemon\n'.repeat(20)}`, 1],
  ['a word that is none', `{\n "first": 1,\n "second": tru${rest}`, 3],
  ['a word that is none, at the end', '{\n "first": 1,\n "second": nil\n}', 3],
  ['a value that is missing', `{\n "first": 1,\n "second": ${rest}`, 3],
  ['a comma that is missing', '{\n "first": 1\n "second": 2\n}\n\n', 3],
  ['a comma too many', '{\n "first": 1,\n}\n\n', 3],
  ['a line break within a text', `{\n "first": "a\nb"${rest}`, 2],
  ['something behind the end', '{}\n\nx\n\n', 3],
  ['a text cut off', '{\n "first": [\n1,\n', 3],
  ['nothing', '', 1],
  ['one line', 'no JSON', 1],
])('finds %s', (_, text, line) => {
  expect(lineOf(text)).toBe(line);
});

const wide = ' '.repeat(20);

test.each([
  ['what is shown stands there twice', `{\n "a": "${wide}x${wide}",\n "b": ${wide}x${wide}\n}`],
  ['a short text is shown whole', '[1,\n2,,3]'],
])('says no line rather than a wrong one where %s', (_, text) => {
  expect(lineOf(text)).toBeUndefined();
});
