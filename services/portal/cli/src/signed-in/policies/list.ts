import type { StandingPolicy } from '../../../../api/src/contract/index.ts';
import type { ExitCode } from '../../failure.ts';
import { sayPolicies, sayPolicy, type PolicyForm } from '../../print/policy-lines.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** Says which policies are in force, to auditors and administrators. */
export const listAtPortal = async (context: PortalContext, json: true | undefined): Promise<ExitCode> => sayPolicies(context, await inForce(context), json);

/** Says what one of them is. */
export const showAtPortal = async (context: PortalContext, name: string, form: PolicyForm): Promise<ExitCode> => sayPolicy(context, await inForce(context), name, form);

const inForce = async (context: PortalContext): Promise<readonly StandingPolicy[]> => (await (await signedIn(context)).policies()).policies;
