import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults, lambdaSurroundings, storingClients } from '@team/runtime';
import type { AuditPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions: no client that signs. */
export function auditPlatform(): AuditPlatform {
  return { clients: { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults) }, ...lambdaSurroundings('audit') };
}
