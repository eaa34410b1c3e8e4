import type { EmitterRegistration } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';
import type { RoutedCall } from '../cloud/wire/router.ts';
import { AwsError } from '../cloud/aws-error.ts';
import { serviceCaller } from './who.ts';

const sso = 'SWBExternalService';
const reading = /^(List|Describe|Get|Lookup|Query|Scan|BatchGet|Receive|Test)/;

/** Beside reading, what the operator may do: lay dead letters back, read queues, ask the audit. */
const operatorMay = new Set(['StartMessageMoveTask', 'DeleteMessage', 'ChangeMessageVisibility', 'Invoke']);
/** What an emitter may do. What it may put on the bus is the bus policy's, what it may sign the key's. */
const emitterMay = new Set(['PutEvents', 'Sign', 'GetPublicKey', 'GetCallerIdentity', 'Invoke']);

/**
 * Who may call what, by caller: coarse on purpose, since the bus and the keys have policies of their own. Identity Center is
 * written by the provisioning service alone.
 */
export function authorizer(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[]): (call: RoutedCall) => void {
  const services = new Set(manifests.map(({ name }) => serviceCaller(name)));
  const systems = new Set(emitters.map(({ name }) => name));
  return ({ target, action, caller }) => {
    if (allowed(target, action, caller.name)) return;
    throw new AwsError('AccessDeniedException', `User: ${caller.roleArn} is not authorized to perform: ${target}:${action}`);
  };

  function allowed(target: string, action: string, name: string): boolean {
    if (services.has(name)) return target !== sso || reading.test(action) || name === serviceCaller('provisioning');
    if (name === 'operator') return reading.test(action) || operatorMay.has(action);
    return systems.has(name) && emitterMay.has(action);
  }
}
