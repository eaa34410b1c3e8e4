import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

/** Lambda entry of the function `follow`. */
export const handler = composeRecording(recordingPlatform()).follow;
