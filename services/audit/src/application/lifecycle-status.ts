import { requestStatus, type RequestStatus } from '@team/contracts';
import { askedKeyOf } from '../domain/lifecycle/terms.ts';
import { statusOf, type Lifecycle } from '../domain/lifecycle/state.ts';

/** Status of a request as people see it. */
export function lifecycleStatus(lifecycle: Lifecycle): RequestStatus {
  const status = statusOf(lifecycle);
  return typeof status === 'string' ? status : requestStatus(status);
}

/** Whether break glass was given and nobody has said what they find of it. */
export const isUnreviewed = ({ asked, approved, review }: Lifecycle): boolean => asked?.breakGlass === true && approved !== undefined && review?.reviewed === undefined;

export const isStalled = ({ stalls }: Lifecycle): boolean => Object.keys(stalls).length > 0;

/** Attributes of the sparse indexes: where a request stands now, each sorted by when it was asked. */
export function indexOf(lifecycle: Lifecycle): Readonly<Record<string, string | undefined>> {
  const askedKey = askedKeyOf(lifecycle);
  const stalledKey = Object.values(lifecycle.stalls).map(({ since }) => since).sort()[0];
  return {
    askedKey,
    status: askedKey === undefined ? undefined : lifecycleStatus(lifecycle),
    unreviewed: isUnreviewed(lifecycle) ? 'yes' : undefined,
    stalled: stalledKey === undefined ? undefined : 'yes',
    stalledKey: stalledKey === undefined ? undefined : `${stalledKey}#${lifecycle.requestId}`,
  };
}
