import { composeApi, composeDecide, composeInbox, composePolicies, composeSignIn, composeSurvey, type Doors, type SignInConfig } from '@team/portal/compose';
import { manifest } from '@team/portal/manifest';
import { resourceNames } from '@team/runtime';
import type { Organization } from '../identity/index.ts';
import type { Handlers } from './handlers.ts';
import type { Place } from './place.ts';
import { functionNameOf, prefix } from './who.ts';

/** What the portal is opened with. */
export interface PortalGround {
  /** Where one of its functions stands, by the manifest's name. */
  readonly place: (name: keyof typeof manifest.functions) => Place;
  readonly signIn: SignInConfig;
  readonly organization: Organization;
  /** `lambda:Invoke` by one of its functions. */
  readonly invoke: (by: keyof typeof manifest.functions, functionName: string, event: unknown) => Promise<unknown>;
}

/** The functions of the portal that make what its doors read. */
export function portalHandlers(place: PortalGround['place']): Handlers {
  const { inbox } = composeInbox(place('inbox').platform);
  const { rebuild } = composeInbox(place('rebuild').platform);
  return { inbox, rebuild, survey: surveyOf(place).survey };
}

const surveyOf = (place: PortalGround['place']) => composeSurvey({ ...place('survey').platform, directory: place('survey').directory });

/** Lists the organization where it never was: the next full minute, which does it where it is due, may be a while away. */
export async function surveyAtOnce(place: PortalGround['place']): Promise<void> {
  const { surveyNow, listedAt } = surveyOf(place);
  try {
    if ((await listedAt()) === undefined) await surveyNow();
  } catch (error) {
    place('survey').platform.logger.warn('the organization could not be listed yet', { error });
  }
}

/** Opens the doors, each as the emitter as which it is registered, and with as much of the directory as on AWS. */
export function openPortal({ place, signIn, organization, invoke }: PortalGround): Doors {
  const { DelegatedAdministratorAccountId, ManagementAccountId } = organization;
  const { api: { emits: asking }, decide: { emits: deciding } } = manifest.functions;
  const asks = (by: keyof typeof manifest.functions) => (service: string, question: object): Promise<unknown> => invoke(by, functionNameOf(service, 'query'), question);
  const withPeople = (name: 'api' | 'decide' | 'policies' | 'sign-in') => {
    const { platform, people } = place(name);
    const [anybody] = organization.Users;
    // People are listed when one of them is looked for by name: who decides first would wait for it.
    if (anybody !== undefined) people.findUser(anybody.UserName).catch((error: unknown) => platform.logger.warn('people could not be listed yet', { error }));
    return { ...platform, directory: people, signIn };
  };
  const outOfReach = [ManagementAccountId, DelegatedAdministratorAccountId];
  return {
    api: composeApi(withPeople('api'), { ask: asks('api'), source: asking.source, outOfReach }),
    decide: composeDecide(withPeople('decide'), { ask: asks('decide'), source: deciding.source, keyId: resourceNames.signingKeyAlias(prefix, manifest.signingKey) }),
    policies: composePolicies(withPeople('policies'), { ask: asks('policies'), outOfReach }),
    signIn: composeSignIn(withPeople('sign-in')),
  };
}
