import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientDefaults } from '@team/runtime';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { EnvironmentError, loadEnvironment } from '../environment/load.ts';
import { namesOf } from '../names.ts';
import { outFolderOf, synthesize } from '../synthesize.ts';
import { cdk } from './cdk.ts';
import { openWork, type OpenWork } from './open-work.ts';

/** Exit codes: 0 done, 1 refused or failed, 2 not understood. */
const program = new Command('npm run')
  .description('Synthesizes, compares, deploys and removes a deployment of TEAM. The environment is the file infra/aws/environments/<name>.yaml.')
  .showHelpAfterError('(add --help to see what there is)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('synth')
  .description('writes the templates, offline')
  .requiredOption('--env <name>', 'the environment')
  .action(async ({ env }: { env: string }) => {
    const environment = loadEnvironment(env);
    const begunAt = performance.now();
    const { stacks, directory } = await synthesize(environment);
    for (const stack of stacks) console.log(`${stack.stackName.padEnd(32)} ${String(resourcesIn(stack.template)).padStart(4)} resources`);
    console.log(`\n${path.relative(process.cwd(), directory)}, in ${((performance.now() - begunAt) / 1_000).toFixed(1)} s; every check of cdk-nag held or is acknowledged with its reason`);
  });

program
  .command('diff')
  .description('what a deployment would change')
  .requiredOption('--env <name>', 'the environment')
  .action(async ({ env }: { env: string }) => {
    const { directory } = await synthesize(loadEnvironment(env));
    process.exitCode = await cdk('diff', directory, []);
  });

program
  .command('deploy')
  .description('deploys; asks before it widens anybody’s rights')
  .requiredOption('--env <name>', 'the environment')
  .option('--yes', 'asks nothing, for a pipeline in which somebody has looked at the diff')
  .action(async ({ env, yes }: { env: string; yes?: true }) => {
    const { directory } = await synthesize(loadEnvironment(env));
    process.exitCode = await cdk('deploy', directory, ['--require-approval', yes === true ? 'never' : 'broadening']);
  });

program
  .command('destroy')
  .description('removes a deployment, if no access is under way')
  .requiredOption('--env <name>', 'the environment')
  .option('--hand-over <file>', 'removes it although access is under way, and writes what that is to this file: somebody else must end it')
  .action(async ({ env, handOver }: { env: string; handOver?: string }) => {
    const environment = loadEnvironment(env);
    const dynamo = new DynamoDBClient({ ...clientDefaults, region: environment.region });
    const open = await openWork(namesOf(environment).prefix, DynamoDBDocumentClient.from(dynamo));
    for (const one of open) console.log(inWords(one));
    if (open.length > 0 && handOver === undefined) {
      console.error(`\nrefused: ${open.length} things are under way. Wait for their ends or end them, or hand them over with --hand-over FILE`);
      process.exitCode = 1;
      return;
    }
    if (handOver !== undefined) writeFileSync(handOver, `${JSON.stringify(open, undefined, 2)}\n`, { flag: 'wx' });
    const { directory } = await synthesize(environment, path.join(outFolderOf(environment), 'destroy'));
    process.exitCode = await cdk('destroy', directory, []);
  });

const inWords = ({ service, key, dueAt }: OpenWork): string => `${service.padEnd(14)} ${dueAt ?? 'at once'.padEnd(24)}  ${key}`;
const templateSchema = z.object({ Resources: z.record(z.string(), z.unknown()) });
const resourcesIn = (template: unknown): number => Object.keys(templateSchema.parse(template).Resources).length;

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof EnvironmentError) {
    console.error(`refused: ${error.message}`);
    process.exitCode = 2;
  } else throw error;
}
