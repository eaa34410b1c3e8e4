import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { clientDefaults, configFromEnvironment } from '@team/runtime';
import { activitySourceOf } from '../compose-activity.ts';
import { composeRecording } from '../compose-recording.ts';
import { recordingPlatform } from './platform.ts';

const platform = recordingPlatform();
const { activity, ownAccount } = configFromEnvironment();
const activitySource = activitySourceOf(activity, {
  athena: () => new AthenaClient(clientDefaults),
  cloudTrail: () => new CloudTrailClient(clientDefaults),
  // LookupEvents answers for the account and Region that ask.
  sees: (accountId) => (accountId === ownAccount ? 'part' : 'nothing'),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  clock: Date.now,
});

/** Lambda entry of the function `timers`, the only one that reads CloudTrail. */
export const handler = composeRecording({ ...platform, activitySource }).timers;
