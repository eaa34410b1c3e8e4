import { directoryNames } from '@team/policies';
import type { Explained, ExplainQuestion } from '../contract/index.ts';
import { requireReader } from './governing.ts';
import { asksPeople, outlookOf } from './outlook.ts';
import type { People, Places, Services, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

interface ExplainPorts {
  readonly people: People;
  readonly places: Pick<Places, 'organization'>;
  readonly services: Pick<Services, 'explain' | 'approversOf'>;
}

/** What is asked about unless it is said (minutes). */
const usualMinutes = 60;
/** Whether there is a justification is not what is asked about. */
const anyWords = 'explain';

/**
 * Why somebody may have something somewhere, or why not: by those who would judge it, policy by policy.
 *
 * @throws ERR_AUDITORS_ONLY, ERR_ACCOUNT_UNKNOWN
 */
export async function explain({ person: asked, account, permissionSet, durationMinutes = usualMinutes, justification = anyWords, ...more }: ExplainQuestion, person: SignedIn, { people, places, services }: ExplainPorts): Promise<Explained> {
  await requireReader(person, { people });
  const found = directoryNames(await places.organization()).accounts.idOf(account);
  if ('reason' in found) throw new Refusal('invalid', 'ERR_ACCOUNT_UNKNOWN', found.reason);
  const question = { requester: asked, accountId: found.id, permissionSet, durationMinutes, justification, ...more };
  const [explanation] = await services.explain([question]);
  if (explanation === undefined) throw new TypeError('one was asked about and nothing answered');
  const { requester, target, policyId, denying, considered } = explanation;
  const open = target !== undefined && requester !== undefined && asksPeople(explanation);
  const [approvers] = open ? await services.approversOf([{ requester: requester.userId, accountId: target.accountId, permissionSetArn: target.permissionSetArn }]) : [];
  return {
    ...outlookOf(explanation, approvers),
    ...(requester === undefined ? {} : { person: requester.userName }),
    ...(target === undefined ? {} : { accountName: target.accountName, permissionSetName: target.permissionSetName }),
    ...(explanation.durationMinutes === undefined ? {} : { durationMinutes: explanation.durationMinutes }),
    ...(policyId === undefined ? {} : { policyId }),
    denying,
    considered,
  };
}
