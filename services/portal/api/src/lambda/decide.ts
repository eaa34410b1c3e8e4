import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { createPeopleDirectory } from '@team/directory';
import { clientDefaults, TeamError } from '@team/runtime';
import { composeDecide } from '../compose-decide.ts';
import { manifest } from '../manifest.ts';
import { answer } from './answer.ts';
import { askingPlatform, peopleOptions } from './doors-platform.ts';

const { source } = manifest.functions.decide.emits;
const { ask, ...platform } = askingPlatform();
const keyId = platform.config.emitters.find((emitter) => emitter.source === source)?.mayDecide?.keyId;
if (keyId === undefined) throw new TeamError('ERR_CONFIG_CHANNEL', `TEAM_CONFIG has no channel of the source ${source}; the deployment must register it`);

const clients = { ...platform.clients, eventBridge: new EventBridgeClient(clientDefaults), kms: new KMSClient(clientDefaults) };

/** Lambda entry of the function `decide`, which alone signs. */
export const handler = answer(composeDecide({ ...platform, directory: createPeopleDirectory(peopleOptions(platform)), clients }, { ask, source, keyId }));
