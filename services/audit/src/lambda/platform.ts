import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults, configFromEnvironment, lambdaSurroundings, storingClients } from '@team/runtime';
import { activityScheduleOf, type AuditPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions: no client that signs, and none that reads CloudTrail. */
export function auditPlatform(): AuditPlatform {
  const config = configFromEnvironment();
  return {
    clients: { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults) },
    ...lambdaSurroundings('audit', config),
    activitySchedule: activityScheduleOf(config.activity, config.collectActivityAfterMinutes),
  };
}
