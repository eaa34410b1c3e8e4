import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

/** Lambda entry of the function `grants`. */
export const handler = composeRecording(recordingPlatform()).grants;
