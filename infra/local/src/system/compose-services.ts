import * as approval from '@team/approval/compose';
import * as audit from '@team/audit/compose';
import * as expiry from '@team/expiry/compose';
import * as provisioning from '@team/provisioning/compose';
import * as request from '@team/request/compose';
import type { Handlers } from './handlers.ts';
import type { Place } from './place.ts';

export const serviceNames = ['request', 'approval', 'expiry', 'provisioning', 'audit'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** How each service's functions come about. A simulation puts something faulty in the place of one. */
export type Composers = Readonly<Record<ServiceName, (place: Place) => Handlers>>;

/** The services as they are. */
export const usualComposers: Composers = {
  request: (place) => ({ ...request.compose({ ...place.platform, directory: place.directory }) }),
  approval: (place) => ({ ...approval.compose({ ...place.platform, directory: place.directory }) }),
  expiry: (place) => ({ ...expiry.compose({ ...place.platform, directory: place.directory }) }),
  provisioning: ({ platform, ...place }) => ({ ...provisioning.compose({ ...platform, ...place }) }),
  audit: ({ platform, s3, activity, collectActivityAfterMinutes, athena, cloudTrail, wait }) => {
    // The local trail is of the whole organization, and keeps all that happens there.
    const activitySource = audit.activitySourceOf(activity, { athena: () => athena, cloudTrail: () => cloudTrail, sees: () => 'all', wait, clock: platform.clock });
    return { ...audit.compose({ ...platform, clients: { ...platform.clients, s3 }, activitySource, activitySchedule: audit.activityScheduleOf(activity, collectActivityAfterMinutes) }) };
  },
};
