import { rules } from './rules/rules.ts';
import { readTree } from './rules/source-tree.ts';

const files = readTree(process.cwd());
const broken = rules.map((rule) => ({ rule, findings: rule.find(files) })).filter(({ findings }) => findings.length > 0);

for (const { rule, findings } of broken) {
  console.log(`${rule.name}: ${rule.why}`);
  for (const finding of findings) console.log(`  ${finding}`);
  console.log();
}
console.log(`${rules.length} rules over ${files.length} files, ${broken.length} broken`);
process.exitCode = broken.length > 0 ? 1 : 0;
