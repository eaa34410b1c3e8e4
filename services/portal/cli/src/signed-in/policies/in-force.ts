import type { StandingPolicy } from '../../../../api/src/contract/index.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** The policies in force, for auditors and administrators. */
export const policiesAtPortal = async (context: PortalContext): Promise<readonly StandingPolicy[]> => (await (await signedIn(context)).policies()).policies;
