import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = composeRecording(recordingPlatform()).inbox;
