import type { EmitterRegistration } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';
import type { RoutedCall } from '../cloud/wire/router.ts';
import { AwsError } from '../cloud/aws-error.ts';
import { prefix, serviceCaller } from './who.ts';

const sso = 'SWBExternalService';
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
/** What an emitter may do. What it may put on the bus is the bus policy's, what it may sign the key's. */
const emitterMay = new Set(['PutEvents', 'Sign', 'GetPublicKey', 'GetCallerIdentity']);

/**
 * Who may call what, by caller: coarse on purpose, since the bus and the keys have policies of their own. Identity Center is
 * written by the provisioning service alone.
 */
export function authorizer(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[]): (call: RoutedCall) => void {
  const services = new Set(manifests.map(({ name }) => serviceCaller(name)));
  const systems = new Set(emitters.map(({ name }) => name));
  return (call) => {
    const { target, action, caller } = call;
    if (allowed(target, action, caller.name) || (caller.name === 'operator' && subscribes(call))) return;
    throw new AwsError('AccessDeniedException', `User: ${caller.roleArn} is not authorized to perform: ${target}:${action}`);
  };

  function allowed(target: string, action: string, name: string): boolean {
    if (services.has(name)) return target !== sso || reading.test(action) || name === serviceCaller('provisioning');
    if (name === 'operator') return reading.test(action) || operatorMay.has(action);
    return systems.has(name) && emitterMay.has(action);
  }
}

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
