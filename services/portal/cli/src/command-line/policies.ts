import { Argument, Option, type Command } from 'commander';
import { policyKinds } from '../../../api/src/contract/choices.ts';
import type { ApplyOptions } from '../commands/policies/apply.ts';
import type { DecideOptions } from '../commands/policies/decide.ts';
import type { ReplayOptions } from '../commands/policies/replay.ts';
import type { ReportOptions } from '../commands/policies/report.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { wholeNumber } from '../options.ts';
import type { ExplainOptions } from '../policies/explain-options.ts';
import type { PolicyForm } from '../print/policy-lines.ts';
import { notAtPortal } from '../signed-in/not-at-portal.ts';

interface JsonOption {
  readonly json?: true;
}

/** `team policies`: who may ask for what and who says yes, as files. */
export function policiesCommands(program: Command, perform: PerformEitherWay): void {
  const policies = program.command('policies').description('who may ask for what, and who says yes: as files, and explained')
    .option('--aws', 'the deployment in the account of your AWS credentials; without it the local run')
    .option('--prefix <text>', 'at AWS: what its names begin with, such as team-prod', 'team')
    .option('--source <source>', 'at AWS: source of the registered emitter as which changes are submitted, in whose role you are');
  for (const add of [listCommands, changeCommands, judgeCommands]) add(policies, perform);
}

/** `team policies list`, `show`. */
function listCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('list')
    .description('the policies in force, by kind and name')
    .option('--json', 'all of them as one JSON document')
    .action(({ json }: JsonOption, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/list.ts').then(({ listAtPortal }) => listAtPortal(context, json)),
        atLocalRun: (context) => import('../commands/policies/list.ts').then(({ list }) => list(context, json)),
      }),
    );
  policies
    .command('show')
    .description('one policy in force, as it is written in files')
    .argument('<name>', 'of the policy; limits for the limits')
    .addOption(new Option('--kind <kind>', 'where policies of several kinds have that name').choices(policyKinds))
    .option('--json', 'as one JSON document')
    .action((name: string, form: PolicyForm, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/list.ts').then(({ showAtPortal }) => showAtPortal(context, name, form)),
        atLocalRun: (context) => import('../commands/policies/list.ts').then(({ show }) => show(context, name, form)),
      }),
    );
}

/** `team policies validate`, `plan`, `apply`, `pending`, `agree`, `disagree`, `export`. */
function changeCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('validate')
    .description('read the files of a folder and say everything that is wrong with them')
    .argument('<folder>')
    .option('--json', 'how many policies of which kind, as one JSON document')
    .action((folder: string, options: JsonOption, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/plan.ts').then(({ validateAtPortal }) => validateAtPortal(context, folder, options)),
        atLocalRun: (context) => import('../commands/policies/plan.ts').then(({ validate }) => validate(context, folder, options)),
      }),
    );
  policies
    .command('plan')
    .description('what applying the files of a folder would change, and who gains or loses what; at the portal, policy by policy')
    .argument('<folder>')
    .option('--json', 'as JSON')
    .action((folder: string, options: JsonOption, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/plan.ts').then(({ planAtPortal }) => planAtPortal(context, folder, options)),
        atLocalRun: (context) => import('../commands/policies/plan.ts').then(({ plan }) => plan(context, folder, options)),
      }),
    );
  policies
    .command('apply')
    .description('submit whatever the files of a folder say otherwise than is in force: each policy as one change')
    .argument('<folder>')
    .option('--as <name>', 'but at the portal: who submits: user name or user id of an administrator; or the name of an emitter that may administer, for itself')
    .option('--yes', 'at the portal: submit without being asked')
    .option('--json', 'what became of each, as one JSON document')
    .action((folder: string, options: ApplyOptions, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/apply.ts').then(({ applyAtPortal }) => applyAtPortal(context, folder, options)),
        atLocalRun: (context) => import('../commands/policies/apply.ts').then(({ apply }) => apply(context, folder, options)),
      }),
    );
  policies
    .command('pending')
    .description('changes that widen access and wait for a second administrator')
    .option('--json', 'as JSON')
    .action((options: JsonOption, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/decide.ts').then(({ pendingAtPortal }) => pendingAtPortal(context, options)),
        atLocalRun: (context) => import('../commands/policies/decide.ts').then(({ pending }) => pending(context, options)),
      }),
    );
  for (const verdict of ['agree', 'disagree'] as const) {
    policies
      .command(verdict)
      .description(`${verdict} with a change that waits, at the portal or in the local run`)
      .argument('<change>', 'id of the change')
      .option('--as <user>', 'in the local run: who decides, an administrator other than who submitted it')
      .option('--comment <text>', 'at the portal: why')
      .option('--json', 'what came of it, as one JSON document')
      .action((changeId: string, { comment, ...options }: DecideOptions, command: Command) =>
        perform(command, {
          atPortal: (context) => import('../signed-in/policies/decide.ts').then(({ decideAtPortal }) => decideAtPortal(context, changeId, { verdict, ...(comment === undefined ? {} : { comment }) }, options.json)),
          atLocalRun: (context) => import('../commands/policies/decide.ts').then(({ decide }) => decide(context, changeId, verdict, options)),
        }),
      );
  }
  policies
    .command('export')
    .description('write the policies in force into a folder, by name')
    .argument('<folder>', 'it is made; files in it are replaced only with --force')
    .option('--force', 'replace files of policies that are there')
    .action((folder: string, { force }: { readonly force?: true }, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/export.ts').then(({ exportAtPortal }) => exportAtPortal(context, folder, force === true)),
        atLocalRun: (context) => import('../commands/policies/export.ts').then(({ write }) => write(context, folder, force === true)),
      }),
    );
}

/** `team policies explain`, `test`, `replay`, `report`. */
function judgeCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('explain')
    .description('would it be allowed, by which policy, and who could approve; if not, every reason and what would be needed')
    .requiredOption('--user <user>', 'who would ask: user name or user id')
    .requiredOption('--account <account>', 'id or name')
    .requiredOption('--permission-set <name>', 'name or ARN')
    .option('--minutes <n>', 'how long; without it what the limits say, or an hour', wholeNumber(1, 43_200))
    .option('--ticket <id>', 'id in the ticket system')
    .option('--why <text>', 'the justification', 'explain')
    .option('--start <time>', 'when it would begin, such as 2026-11-22T10:00:00Z')
    .option('--break-glass', 'at once, to be reviewed afterwards')
    .option('--json', 'as JSON')
    .action((options: ExplainOptions, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/policies/explain.ts').then(({ explainAtPortal }) => explainAtPortal(context, options)),
        atLocalRun: (context) => import('../commands/policies/explain.ts').then(({ explain }) => explain(context, options)),
      }),
    );
  policies
    .command('test')
    .description('hold policies to the expectations in a YAML file; for CI')
    .argument('<file>')
    .option('--policies <folder>', 'but at the portal: test the files of this folder; without it the policies in force')
    .action((file: string, { policies: folder }: { readonly policies?: string }, command: Command) =>
      perform(command, {
        atPortal:
          folder === undefined
            ? (context) => import('../signed-in/policies/test.ts').then(({ testAtPortal }) => testAtPortal(context, file))
            : notAtPortal({ command: 'policies test --policies', needs: 'judgement by policies that are only thought of', atAws: 'policies --aws test --policies' }),
        atLocalRun: (context) => import('../commands/policies/test.ts').then(({ test }) => test(context, file, folder)),
      }),
    );
  policies
    .command('replay')
    .description('judge the requests of the past by the files of a folder: what would have been otherwise')
    .argument('<folder>')
    .requiredOption('--since <time>', 'such as 2026-11-22T00:00:00Z')
    .option('--json', 'as JSON')
    .action((folder: string, options: ReplayOptions, command: Command) =>
      perform(command, {
        atPortal: notAtPortal({ command: 'policies replay', needs: 'every recorded request, judged by policies that are only thought of', atAws: 'policies --aws replay' }),
        atLocalRun: (context) => import('../commands/policies/replay.ts').then(({ replay }) => replay(context, folder, options)),
      }),
    );
  policies
    .command('report')
    .description('who: who may ask for what · unused: eligibility that nobody used · findings: policies that never match or reach very far')
    .addArgument(new Argument('<what>').choices(['who', 'unused', 'findings']))
    .option('--days <n>', 'unused: not used for so many days', wholeNumber(1, 3_650), 90)
    .option('--json', 'as JSON; without it CSV')
    .action((what: string, options: ReportOptions, command: Command) =>
      perform(command, {
        atPortal: notAtPortal({ command: 'policies report', needs: 'the whole organization, and what was recorded', atAws: 'policies --aws report' }),
        atLocalRun: (context) => import('../commands/policies/report.ts').then(({ report }) => report(context, what, options)),
      }),
    );
}
