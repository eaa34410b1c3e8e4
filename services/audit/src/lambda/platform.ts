import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults, lambdaSurroundings, storingClients } from '@team/runtime';
import type { RecordingPlatform } from '../compose.ts';

/** Platform of the functions that record: no client that signs. */
export function recordingPlatform(): RecordingPlatform {
  return { clients: { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults) }, ...lambdaSurroundings('audit') };
}
