import { lambdaSurroundings, storingClients } from '@team/runtime';
import type { AuditPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions: no client that publishes or signs. */
export function auditPlatform(): AuditPlatform {
  return { clients: storingClients(), ...lambdaSurroundings('audit') };
}
