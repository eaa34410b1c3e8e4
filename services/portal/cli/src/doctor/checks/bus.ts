import { DescribeEventBusCommand, DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { counted } from '../../print/printable.ts';
import type { Check, Examination } from '../examination.ts';
import { faultsOr, ok, problem, type Finding } from '../finding.ts';
import type { ExpectedQueue } from '../inventory.ts';

const deployAgain = 'deploy again; the deployment makes it';

/** The bus is there, and each rule of TEAM brings its queue what it consumes. */
export const busCheck: Check = {
  name: 'event bus',
  prerequisite: false,
  async run(examination) {
    const { busName, queues } = await examination.expected();
    const bus = await unlessMissing(examination.clients.eventBridge.send(new DescribeEventBusCommand({ Name: busName })));
    if (bus === undefined) return [problem(this.name, `there is no event bus ${busName}`, `${deployAgain}; where it has another name, say so with --prefix`)];
    const faults: Finding[] = [];
    const consuming = queues.filter(({ rule }) => rule !== undefined);
    for (const queue of consuming) faults.push(...(await faultsOfRule(examination, busName, queue)));
    return faultsOr(faults, ok(this.name, `${bus.Arn ?? busName}; ${counted(consuming.length, 'rule')}, each enabled and with its queue and dead-letter queue`));
  },
};

async function faultsOfRule({ clients: { eventBridge } }: Examination, busName: string, { name, deadLetters, rule: Name }: ExpectedQueue): Promise<Finding[]> {
  const check = `rule ${Name ?? ''}`;
  const rule = await unlessMissing(eventBridge.send(new DescribeRuleCommand({ Name, EventBusName: busName })));
  if (rule === undefined) return [problem(check, 'it is not there', deployAgain)];
  if (rule.State !== 'ENABLED') return [problem(check, `it is ${rule.State ?? 'in no state'}: no event reaches ${name}`, 'enable it (aws events enable-rule), and look for who disabled it')];
  const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: busName }));
  const target = Targets.find(({ Arn }) => Arn?.endsWith(`:${name}`));
  if (target === undefined) return [problem(check, `it does not bring events to ${name}`, deployAgain)];
  if (target.DeadLetterConfig?.Arn?.endsWith(`:${deadLetters}`) === true) return [];
  return [problem(check, `what it cannot deliver is dropped: ${deadLetters} is not its dead-letter queue`, deployAgain)];
}

async function unlessMissing<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
