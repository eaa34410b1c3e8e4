import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientDefaults } from '@team/runtime';
import { Command } from 'commander';
import * as z from 'zod';
import { EnvironmentError, loadEnvironment } from '../environment/load.ts';
import { lengthOf } from '../guards/document.ts';
import { guardsOf } from '../guards/guards.ts';
import { LimitError } from '../limits.ts';
import { namesOf } from '../names.ts';
import { outFolderOf, synthesize } from '../synthesize.ts';
import { CallerError, requireOwnAccount } from './caller.ts';
import { cdk } from './cdk.ts';
import { openWork, OpenWorkUnknownError, type OpenWork } from './open-work.ts';
import { askCloudFormation } from './stacks.ts';

/** Exit codes: 0 done, 1 refused or failed, 2 not understood. */
const program = new Command('npm run')
  .description('Guards, synthesizes, compares, deploys and removes a deployment of TEAM. The environment is the file infra/aws/environments/<name>.yaml.')
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
  .command('guards')
  .description('writes the policies that are attached by hand, around what is deployed; offline')
  .requiredOption('--env <name>', 'the environment')
  .option('--break-glass-may-assign', 'lets the break-glass role create assignments, too')
  .action(async ({ env, breakGlassMayAssign = false }: { env: string; breakGlassMayAssign?: boolean }) => {
    const environment = loadEnvironment(env);
    const { stacks } = await synthesize(environment);
    const types = typesIn(stacks.map((stack): unknown => stack.template));
    const folder = path.join(outFolderOf(environment), 'guards');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { name, policy, maximum, is, attach } of guardsOf(environment, types, { breakGlassMayAssign })) {
      // Without spaces: they count for a service control policy.
      writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(policy));
      console.log(`${path.relative(process.cwd(), path.join(folder, name))}.json (${lengthOf(policy)} of ${maximum} characters)\n  is:     ${is}\n  attach: ${attach}\n`);
    }
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
    const inRegion = { ...clientDefaults, region: environment.region };
    await requireOwnAccount(environment, new STSClient(inRegion));
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(inRegion));
    const { open, missing } = await openWork(namesOf(environment).prefix, dynamo, askCloudFormation(new CloudFormationClient(inRegion)));
    for (const table of missing) console.log(`${table} is not there, and its stack never stood: taken for empty`);
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
const templateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });
const resourcesIn = (template: unknown): number => Object.keys(templateSchema.parse(template).Resources).length;
const typesIn = (templates: readonly unknown[]): string[] => [
  ...new Set(templates.flatMap((template) => Object.values(templateSchema.parse(template).Resources).map(({ Type }) => Type))),
];

try {
  await program.parseAsync();
} catch (error) {
  const cannotLook = error instanceof CallerError || error instanceof OpenWorkUnknownError;
  const isRefusal = error instanceof EnvironmentError || error instanceof LimitError || cannotLook;
  if (!isRefusal) throw error;
  console.error(`refused: ${error.message}`);
  process.exitCode = cannotLook ? 1 : 2;
}
