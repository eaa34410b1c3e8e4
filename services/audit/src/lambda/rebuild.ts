import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

/** Lambda entry of the function `rebuild`. */
export const handler = composeRecording(recordingPlatform()).rebuild;
