import type { Verification } from '../contract/index.ts';
import { findVisible } from './find-visible.ts';
import { requireReader } from './governing.ts';
import type { People, RequestViews, Services, SignedIn } from './ports.ts';

/**
 * Recomputes the trail of one request: whether what is told of it is what was recorded.
 *
 * @throws ERR_AUDITORS_ONLY, ERR_REQUEST_UNKNOWN
 */
export async function verifyRequest(requestId: string, person: SignedIn, { people, views, services }: { readonly people: People; readonly views: RequestViews; readonly services: Pick<Services, 'audit'> }): Promise<Verification> {
  await requireReader(person, { people });
  await findVisible(requestId, person, 'recent', { people, views });
  return services.audit.verify(requestId);
}
