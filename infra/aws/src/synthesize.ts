import { rmSync } from 'node:fs';
import path from 'node:path';
import { Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from './app.ts';
import { bundleAll, functionsOf } from './bundles/bundle.ts';
import type { Environment } from './environment/schema.ts';
import { manifestsOf } from './manifests.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Where an environment's templates and bundles go unless another folder is named. */
export const outFolderOf = ({ name }: Pick<Environment, 'name'>): string => path.join(root, 'dist', 'aws', name);

/**
 * Bundles every function, builds the app and writes its templates into `bundles` and `templates` of `folder`, anew. Offline. Rejects where the
 * environment cannot be deployed as it is, or a check of cdk-nag finds what nobody has acknowledged.
 */
export async function synthesize(environment: Environment, folder = outFolderOf(environment)): Promise<CloudAssembly> {
  const [bundlesFolder, outdir] = [path.join(folder, 'bundles'), path.join(folder, 'templates')];
  for (const one of [bundlesFolder, outdir]) rmSync(one, { recursive: true, force: true });
  const bundles = await bundleAll(functionsOf(manifestsOf(environment)), bundlesFolder);
  const bundleOf = (service: string, name: string): string => {
    const found = bundles.find((bundle) => bundle.service === service && bundle.name === name);
    if (found === undefined) throw new RangeError(`${service}.${name} was not bundled`);
    return found.folder;
  };
  const app = buildApp(environment, { bundleOf, outdir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app.synth();
}
