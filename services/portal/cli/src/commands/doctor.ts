import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context, Perform } from '../context.ts';
import type { DoctorOptions } from '../doctor/examination.ts';
import type { Finding } from '../doctor/finding.ts';
import { forAws } from '../doctor/aws-failure.ts';
import { exitCodes, forPeople, type ExitCode } from '../failure.ts';
import { findingLines, sumLine } from '../print/finding-lines.ts';

/** `team doctor`: looks whether a deployment, or what it needs, is as it should be. Changes nothing. */
export function doctorCommand(program: Command, perform: Perform): void {
  program
    .command('doctor')
    .description('look whether a deployment and what it needs are as they should be; only reads')
    .option('--aws', 'the deployment in the account of your AWS credentials; without it the local run')
    .option('--prerequisites', 'only what must be there before TEAM is deployed')
    .option('--prefix <text>', 'what the names of the deployment begin with', 'team')
    .option('--portal', 'there must be a portal; without it one is looked for where anything of it is seen')
    .option('--instance-arn <arn>', 'the instance of IAM Identity Center, where several are seen')
    .option('--grant-minutes <n>', 'compare sessions with grants of this length; without it with the longest that the limits allow', number(1, 10_000))
    .option('--all', 'name every place with standing access')
    .option('--calls-per-second <n>', 'calls to IAM Identity Center, which allows twenty for everybody', number(1, 20), 5)
    .addOption(new Option('--most-calls <n>', 'calls in looking for standing access; 0 leaves it out').argParser(number(0, 1_000_000)).default(500))
    .option('--json', 'what was found as JSON')
    .action((options: DoctorOptions, command: Command) => perform(command, (context) => doctor(context, options)));
}

async function doctor({ connection, say, remark, pause }: Context, options: DoctorOptions): Promise<ExitCode> {
  // Loaded when it is asked for, like the directory: it takes longer than most commands.
  const [{ createExamination }, { examine }, { checks }, { worstOf }] = await Promise.all([
    import('../doctor/examination.ts'),
    import('../doctor/examine.ts'),
    import('../doctor/checks/index.ts'),
    import('../doctor/finding.ts'),
  ]);
  const { clients, calls, where } = await connection.doctor(options, pause);
  const examination = createExamination(clients, calls, options, options.json === true ? () => undefined : remark, Date.now);
  const findings: Finding[] = [];
  for (const check of checks.filter(({ prerequisite }) => prerequisite || options.prerequisites !== true)) {
    const found = await examine(check, examination, (error) => forPeople(error, where)).catch((error: unknown) => {
      throw options.aws === true ? forAws(error, where) : error;
    });
    findings.push(...found);
    if (options.json !== true) for (const line of found.flatMap(findingLines)) say(line);
  }
  const worst = worstOf(findings);
  if (options.json === true) say(JSON.stringify({ result: worst, findings }, undefined, 2));
  else say(`\n${sumLine(findings)}`);
  return worst === 'problem' ? exitCodes.refused : exitCodes.ok;
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
