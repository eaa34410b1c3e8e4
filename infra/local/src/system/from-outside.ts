import type { EmitterRegistration } from '@team/contracts';
import type { Authorize, RoutedCall } from '../cloud/wire/router.ts';
import { AwsError } from '../cloud/aws-error.ts';
import { prefix } from './who.ts';

const reading = /^(List|Describe|Get|Lookup|Query|Scan|BatchGet|Receive|Test)/;

/** Beside reading, what the operator may do: lay dead letters back, read queues, ask the audit. */
const operatorMay = new Set(['StartMessageMoveTask', 'DeleteMessage', 'ChangeMessageVisibility']);
/** How the operator subscribes somebody to the bus, each with the members of its input that name what is made, changed or fed. */
const subscribing = new Map<string, (input: RoutedCall['input']) => unknown[]>([
  ['CreateQueue', ({ QueueName }) => [QueueName]],
  ['PutRule', ({ Name }) => [Name]],
  ['PutTargets', ({ Rule, Targets }) => [Rule, ...(Array.isArray(Targets) ? Targets.map(queueNameOf) : [])]],
  ['RemoveTargets', ({ Rule }) => [Rule]],
  ['DeleteRule', ({ Name }) => [Name]],
]);
/** What an emitter may do. What it may put on the bus and what it may sign, its rights say. */
const emitterMay = new Set(['PutEvents', 'Sign', 'GetPublicKey', 'GetCallerIdentity']);

/** Who may call what from outside, coarse on purpose: emitters send, the operator looks on and subscribes. */
export function fromOutside(emitters: readonly EmitterRegistration[]): Authorize {
  const systems = new Set(emitters.map(({ name }) => name));
  return (call) => {
    const { target, action, caller } = call;
    if (caller.name === 'operator' ? operates(call) : systems.has(caller.name) && emitterMay.has(action)) return;
    throw new AwsError('AccessDeniedException', `User: ${caller.roleArn} is not authorized to perform: ${target}:${action}`);
  };
}

const operates = (call: RoutedCall): boolean => reading.test(call.action) || operatorMay.has(call.action) || subscribes(call);

/** Only beside what belongs to TEAM itself, whose rules and queues are the deployment's. */
function subscribes({ action, input }: RoutedCall): boolean {
  const named = subscribing.get(action)?.(input);
  return named?.every((name) => typeof name === 'string' && !name.startsWith(`${prefix}-`)) ?? false;
}

/** Name of the queue that a target is, as its ARN ends. */
function queueNameOf(target: unknown): unknown {
  const arn = typeof target === 'object' && target !== null && 'Arn' in target ? target.Arn : undefined;
  return typeof arn === 'string' ? arn.split(':').at(-1) : arn;
}
