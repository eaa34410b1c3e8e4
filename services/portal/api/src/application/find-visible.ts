import { maySee, type Looking } from './involvement.ts';
import { lookingOf } from './looking-of.ts';
import type { Freshness, People, RequestView, RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

/** A request, and what the person is who looks at it. */
export interface Visible {
  readonly view: RequestView;
  readonly standing: Looking;
}

/**
 * A request that the person may know of.
 *
 * @throws ERR_REQUEST_UNKNOWN also where there is one which they may not see: nobody learns from the answer that it exists
 */
export async function findVisible(
  requestId: string,
  person: SignedIn,
  freshness: Freshness,
  { people, views }: { readonly people: People; readonly views: RequestViews },
): Promise<Visible> {
  const [standing, view] = await Promise.all([lookingOf(people, person, freshness), views.find(requestId)]);
  if (view !== undefined && maySee(view, person, standing)) return { view, standing };
  throw new Refusal('unknown', 'ERR_REQUEST_UNKNOWN', `there is no request ${requestId} that you may see; one asked for a moment ago may take a few seconds`);
}
