import { composeApi, composeDecide, composeInbox, composePolicies, composeSignIn, type Doors, type SignInConfig } from '@team/portal/compose';
import { manifest } from '@team/portal/manifest';
import { resourceNames } from '@team/runtime';
import type { Organization } from '../identity/index.ts';
import type { Handlers } from './handlers.ts';
import type { Place } from './place.ts';
import { functionNameOf, prefix } from './who.ts';

/** What the portal is opened with. */
export interface PortalGround {
  /** Its place as one caller or another. */
  readonly place: (caller: string) => Place;
  readonly signIn: SignInConfig;
  readonly organization: Organization;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

/** The functions of the portal that make its read model. */
export const portalHandlers = ({ platform }: Place): Handlers => ({ ...composeInbox(platform) });

/** Opens the doors, each as the emitter as which it is registered. */
export function openPortal({ place, signIn, organization, invoke }: PortalGround): Doors {
  const { DelegatedAdministratorAccountId, ManagementAccountId } = organization;
  const { api: { emits: asking }, decide: { emits: deciding } } = manifest.functions;
  const ask = (service: string, question: object): Promise<unknown> => invoke(functionNameOf(service, 'query'), question);
  const as = (caller: string) => {
    const { platform, directory } = place(caller);
    // Listed before anybody looks for anything: in a large organization that takes seconds.
    directory.snapshot().catch((error: unknown) => platform.logger.warn('the directory could not be listed yet', { error }));
    return { ...platform, directory, signIn };
  };
  const outOfReach = [ManagementAccountId, DelegatedAdministratorAccountId];
  const asks = as(asking.name);
  return {
    api: composeApi(asks, { ask, source: asking.source, outOfReach }),
    decide: composeDecide(as(deciding.name), { ask, source: deciding.source, keyId: resourceNames.signingKeyAlias(prefix, manifest.signingKey) }),
    policies: composePolicies(asks, { ask, outOfReach }),
    signIn: composeSignIn(asks),
  };
}
