/** `synthesize.ts FOLDER`: bundles the functions and writes the templates of the environment in `FOLDER/environment.json`, as a deployment would. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from '../../infra/aws/src/app.ts';
import { bundleAll, functionsOf } from '../../infra/aws/src/bundles/bundle.ts';
import { environmentSchema } from '../../infra/aws/src/environment/schema.ts';
import { manifests } from '../../infra/aws/src/manifests.ts';

const [folder = '.'] = process.argv.slice(2);
const environment = environmentSchema.parse(JSON.parse(readFileSync(path.join(folder, 'environment.json'), 'utf8')));
const bundles = await bundleAll(functionsOf(manifests), path.join(folder, 'bundles'));
const folders = new Map(bundles.map((bundle) => [`${bundle.service}.${bundle.name}`, bundle.folder]));
buildApp(environment, { bundleOf: (service, name) => folders.get(`${service}.${name}`) ?? '', outdir: path.join(folder, 'templates') }).synth();
