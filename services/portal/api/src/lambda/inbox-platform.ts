import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults, lambdaSurroundings, storingClients, type KitPlatform } from '@team/runtime';

/** Platform of the functions that make the read model: no client that signs. */
export const inboxPlatform = (): KitPlatform => ({ clients: { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults) }, ...lambdaSurroundings('portal') });
