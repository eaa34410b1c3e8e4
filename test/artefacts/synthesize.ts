/** `synthesize.ts FOLDER`: synthesizes the environment in `FOLDER/environment.json` into that folder, as a deployment would. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentSchema } from '../../infra/aws/src/environment/schema.ts';
import { synthesize } from '../../infra/aws/src/synthesize.ts';

const [folder = '.'] = process.argv.slice(2);
await synthesize(environmentSchema.parse(JSON.parse(readFileSync(path.join(folder, 'environment.json'), 'utf8'))), folder);
