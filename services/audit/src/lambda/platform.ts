import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults, configFromEnvironment, lambdaSurroundings, storingClients } from '@team/runtime';
import { activityScheduleOf } from '../compose-activity.ts';
import type { RecordingPlatform } from '../compose-recording.ts';

/** Platform of the functions that record and follow: no client that signs, and none that reads CloudTrail. */
export function recordingPlatform(): RecordingPlatform {
  const config = configFromEnvironment();
  return {
    clients: { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults) },
    ...lambdaSurroundings('audit', config),
    activitySchedule: activityScheduleOf(config.activity, config.collectActivityAfterMinutes),
  };
}
