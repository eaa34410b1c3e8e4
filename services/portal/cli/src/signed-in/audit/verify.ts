import type { ExitCode } from '../../failure.ts';
import { sayVerification } from '../../print/verification-lines.ts';
import { meantRequest } from '../meant-request.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** Has one request's part of the trail recomputed, for auditors and administrators. */
export async function verifyAtPortal(context: PortalContext, reference: string, form: { readonly json?: true }): Promise<ExitCode> {
  const portal = await signedIn(context);
  return sayVerification(context, await portal.verify(await meantRequest(portal, reference, ['all'])), form);
}
