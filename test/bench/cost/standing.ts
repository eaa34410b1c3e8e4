import { loadEnvironment } from '../../../infra/aws/src/environment/load.ts';
import { manifests } from '../../../infra/aws/src/manifests.ts';
import { namesOf } from '../../../infra/aws/src/names.ts';
import { watchesOf } from '../../../infra/aws/src/stacks/watches.ts';
import type { Counts } from './prices.ts';

/** What is paid for each month because it is there. */
export function standing(): Counts {
  return {
    // One for each service's data, one for the bus and one for the alarms; signing keys beside them.
    kmsKeyMonth: manifests.length + 2 + manifests.filter(({ signingKey }) => signingKey !== undefined).length,
    cloudWatchAlarmMonth: watchesOf(namesOf(loadEnvironment('example'))).length,
    cloudWatchDashboardMonth: 1,
  };
}
