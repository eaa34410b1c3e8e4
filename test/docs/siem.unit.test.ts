import { readFileSync } from 'node:fs';
import { rows, shown } from './siem-examples.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const document = read('docs/siem.md');

it.each(Object.entries(shown))('docs/siem.md shows %s as it is told', (name, ocsf) => {
  const block = document.split(`<!-- ${name} -->\n`)[1]?.split('\n```\n')[0];
  expect(`${String(block)}\n\`\`\``).toBe(`\`\`\`json\n${JSON.stringify(ocsf, null, 2)}\n\`\`\``);
});

it('docs/siem.md lists every fact, by what it is told as', () => {
  const listed = document.split('\n').filter((line) => /^\| `\w+\.v\d+` \|/.test(line));
  expect(listed).toEqual(rows());
});

it.each(['docs/snippets/siem-subscriber.ts', 'docs/snippets/siem-ledger.ts', 'docs/snippets/follow-siem.ts'])('docs/siem.md shows %s as it is', (file) => {
  const block = document.split(`<!-- ${file} -->\n`)[1]?.split('\n```')[0];
  expect(`${String(block)}\n`).toBe(`\`\`\`ts\n${read(file)}`);
});
