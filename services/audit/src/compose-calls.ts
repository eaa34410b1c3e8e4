import type { ActivityAnswer } from '@team/contracts';
import { tableOf, TeamError } from '@team/runtime';
import { createDetailsTable } from './adapters/activity/details-table.ts';
import { listActivity } from './application/activity/list-activity.ts';
import type { TrailPlatform } from './compose-trail.ts';
import type { ActivityQuery } from './domain/query.ts';

/** What was done under a grant, call by call. */
export function composeCalls({ clients, config }: TrailPlatform): (asked: ActivityQuery) => Promise<ActivityAnswer> {
  const details = createDetailsTable(clients.documents, tableOf(config, 'activity-details'));
  return (asked) => listActivity(details, (code, message) => new TeamError(code, message), asked);
}
