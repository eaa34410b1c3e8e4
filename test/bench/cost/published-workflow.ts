import type { Counts } from './prices.ts';

/**
 * What one request costs AWS's sample TEAM, asked, approved by somebody else, started at once and ended by time: the states that its
 * published state machines execute, in order, and what else its published functions do. Read from the repository
 * aws-samples/iam-identity-center-team: `stepfunctions-cloudformation-template.json` (commit 00cc920) and `teamRouter/src/index.py`
 * (commit 01672cb). Where something is open, the smaller number is taken.
 */
export const executions = {
  approval: ['Notify Approvers Pending', 'Wait', 'DynamoDB GetStatus', 'Pending?', 'Pass'],
  schedule: ['Update Request Status - scheduled', 'Notify Requester Scheduled', 'Schedule', 'DynamoDB GetStatus', 'Scheduled?', 'Grant Permission'],
  grant: ['Grant Permission', 'Update Request Status - in progress', 'DynamoDB UpdateStartTime', 'Grant Error?', 'Notify Started', 'Wait', 'Revoke Permission'],
  revoke: [
    'DynamoDB GetStatus', 'Revoked?', 'Revoke Permission', 'Notify Requester Session Ended', 'Revoked || Ended ?', 'Update Request Status', 'Revoke Error?', 'DynamoDB Update EndTime',
  ],
} as const;

const states: readonly string[] = Object.values(executions).flat();
const matching = (pattern: RegExp): number => states.filter((state) => pattern.test(state)).length;

/** States whose task is the notification function, and those whose task is the status function. */
const notifications = matching(/^Notify/);
const statusUpdates = matching(/^Update Request Status/);
/** States that write the request's item by themselves. */
const directWrites = matching(/^DynamoDB Update/);
/** The browser creates and approves; the router adds e-mail and approvers, then the approver's e-mail; the status function writes through AppSync too. */
const mutations = 2 + 2 + statusUpdates;
/** Every write of the item comes out of its stream as one invocation of the router. */
const writes = mutations + directWrites;

/** Python functions of 128 MB, Amplify's usual size; the router asks half a dozen APIs. Our assumption, in seconds. */
const routerSeconds = 0.5;
const otherSeconds = 0.2;
const gigabytes = 0.125;
/** The machines log every state's beginning and end with their data: two lines of about 2 KB a state. */
const logBytesPerState = 4_000;

/** Counts per request. Items are taken to fit in one unit and indexes not to be written; reads of settings, policies and status once each. */
export const publishedCounts: Counts = {
  stateTransition: states.length,
  lambdaInvocation: notifications + statusUpdates + writes,
  lambdaX86GbSecond: gigabytes * (writes * routerSeconds + (notifications + statusUpdates) * otherSeconds),
  appSyncOperation: mutations,
  dynamoWriteUnit: writes,
  dynamoReadUnit: matching(/GetStatus/) + 2 * writes,
  logsGigabyte: (states.length * logBytesPerState) / 1e9,
  xrayTrace: Object.keys(executions).length,
};
