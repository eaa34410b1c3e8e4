import type { Command } from 'commander';
import type { PerformEitherWay } from '../../either-way.ts';
import { applyCommand } from './apply.ts';
import { decideCommands } from './decide.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { listCommands } from './list.ts';
import { planCommands } from './plan.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { testCommand } from './test.ts';

/** `team policies`: who may ask for what and who says yes, as files. */
export function policiesCommand(program: Command, perform: PerformEitherWay): void {
  const policies = program.command('policies').description('who may ask for what, and who says yes: as files, and explained')
    .option('--aws', 'the deployment in the account of your AWS credentials; without it the local run')
    .option('--prefix <text>', 'at AWS: what its names begin with, such as team-prod', 'team')
    .option('--source <source>', 'at AWS: source of the registered emitter as which changes are submitted, in whose role you are');
  for (const add of [listCommands, planCommands, applyCommand, decideCommands, exportCommand, explainCommand, testCommand, replayCommand, reportCommand]) add(policies, perform);
}
