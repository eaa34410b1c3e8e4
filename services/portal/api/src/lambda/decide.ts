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

/** What is decided is decided by live answers about one person: nothing is listed here. */
const directory = { ...createPeopleDirectory(peopleOptions(platform)), snapshot: async () => Promise.reject(new TeamError('ERR_NOT_LISTED', 'the function decide lists nobody and nothing')) };
const clients = { ...platform.clients, eventBridge: new EventBridgeClient(clientDefaults), kms: new KMSClient(clientDefaults) };

/** Lambda entry of the function `decide`, which alone signs. */
export const handler = answer(composeDecide({ ...platform, directory, clients }, { ask, source, keyId }));
