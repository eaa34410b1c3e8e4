import type { AccessEndedV1, AccessGrantedV1, AccessGrantFailedV1, AccessRemovalDelayedV1, AssignmentDriftDetectedV1 } from '@team/contracts';
import type { PublishedEvent } from './events.ts';

type DataOf<Type extends PublishedEvent['type']> = Extract<PublishedEvent, { readonly type: Type }>['data'];

/** What the domain says fits the contracts, though it does not know them. */
export const fits: {
  granted: (data: DataOf<'AccessGranted.v1'>) => AccessGrantedV1;
  failed: (data: DataOf<'AccessGrantFailed.v1'>) => AccessGrantFailedV1;
  ended: (data: DataOf<'AccessEnded.v1'>) => AccessEndedV1;
  delayed: (data: DataOf<'AccessRemovalDelayed.v1'>) => AccessRemovalDelayedV1;
  drift: (data: DataOf<'AssignmentDriftDetected.v1'>) => AssignmentDriftDetectedV1;
} = { granted: (data) => data, failed: (data) => data, ended: (data) => data, delayed: (data) => data, drift: (data) => data };
