import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = composeRecording(recordingPlatform()).sweep;
