import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createPeopleDirectory } from '@team/directory';
import { clientDefaults } from '@team/runtime';
import { composeApi } from '../compose-api.ts';
import { manifest } from '../manifest.ts';
import { answer } from './answer.ts';
import { askingPlatform, peopleOptions } from './doors-platform.ts';

const { ask, outOfReach, ...platform } = askingPlatform();
const clients = { ...platform.clients, eventBridge: new EventBridgeClient(clientDefaults) };

/** Lambda entry of the function `api`. */
export const handler = answer(composeApi({ ...platform, clients, directory: createPeopleDirectory(peopleOptions(platform)) }, { ask, source: manifest.functions.api.emits.source, outOfReach }));
