import { loadEnvironment } from '../../../infra/aws/src/environment/load.ts';
import { namesOf } from '../../../infra/aws/src/names.ts';
import { watchesOf } from '../../../infra/aws/src/stacks/watches.ts';
import type { Counts } from './prices.ts';

const example = loadEnvironment('example');
const names = namesOf(example);

/** What is paid for each month because it is there. */
export function standing(): Counts {
  return {
    // One for each service's data, one each for the bus, the alarms and the log of the door; signing keys beside them.
    kmsKeyMonth: names.manifests.length + 3 + names.manifests.filter(({ signingKey }) => signingKey !== undefined).length,
    cloudWatchAlarmMonth: watchesOf(names).length,
    cloudWatchDashboardMonth: 1,
  };
}
