import path from 'node:path';
import { rules } from './rules.ts';
import { readTree } from './source-tree.ts';

const files = readTree(path.resolve(import.meta.dirname, '../../..'));
const broken = rules.map((rule) => ({ rule, findings: rule.find(files) })).filter(({ findings }) => findings.length > 0);

for (const { rule, findings } of broken) console.log(`${rule.name}: ${rule.why}\n${findings.map((finding) => `  ${finding}`).join('\n')}\n`);
console.log(`${rules.length} rules over ${files.length} files, ${broken.length} broken`);
process.exitCode = broken.length > 0 ? 1 : 0;
