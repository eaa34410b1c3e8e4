import { machineSource, type MachineClient } from '@team/contracts';
import type { Ask, Taken } from '../contract/index.ts';
import { isAmong } from '../domain/same.ts';
import { requestedBy } from './ask.ts';
import { findOwnOf, isOwnOf, requireCapability } from './machine.ts';
import type { FindUser, IntentsAs, People, RequestViews } from './ports.ts';
import { Refusal } from './refusal.ts';
import { takenAs } from './taken-as.ts';

interface AskAsMachinePorts {
  readonly people: Pick<People, 'standingOf'>;
  readonly findUser: FindUser;
  readonly views: RequestViews;
  readonly intentsAs: IntentsAs;
}

/**
 * Asks on a machine's own account for somebody whom it is registered for. Whether they may have it is for the request service, which judges
 * by the same registration. A program tries again by itself, so it chooses the id by which that is asking once.
 *
 * @throws ERR_MACHINE_MAY_NOT, ERR_MACHINE_REQUEST_ID, ERR_MACHINE_FOR_WHOM, ERR_MACHINE_NOT_FOR_SUBJECT, ERR_REQUEST_ID_TAKEN
 * @throws ERR_REQUEST_UNKNOWN where it would extend what it did not ask for
 */
export async function askAsMachine(asked: Ask, machine: MachineClient, { people, findUser, views, intentsAs }: AskAsMachinePorts): Promise<Taken> {
  requireCapability(machine, 'ask');
  const { requestId, for: subject } = asked;
  if (asked.breakGlass === true) throw new Refusal('forbidden', 'ERR_MACHINE_MAY_NOT', 'no program breaks glass; who needs it signs in and asks');
  if (requestId === undefined) throw new Refusal('invalid', 'ERR_MACHINE_REQUEST_ID', 'say in "requestId" under which id you ask, a new UUID for each request; with the same again you ask once, however often you send it');
  if (subject === undefined) throw new Refusal('invalid', 'ERR_MACHINE_FOR_WHOM', 'say in "for" who is to have the access; a program has none itself');
  if (!(await mayAskFor(machine, subject))) {
    throw new Refusal('forbidden', 'ERR_MACHINE_NOT_FOR_SUBJECT', `the program ${machine.name} is not registered to ask for "${subject}"; have whoever runs TEAM register it for them, or let them ask`);
  }
  if (asked.extends !== undefined) await findOwnOf(asked.extends, machine, views);
  const known = await views.find(requestId);
  if (known !== undefined && !isOwnOf(known, machine)) throw new Refusal('conflict', 'ERR_REQUEST_ID_TAKEN', `the id ${requestId} is taken; choose another`);
  await requestedBy(intentsAs(machineSource(machine.name)), asked, { requestId, requester: subject, askedBy: asked.askedBy });
  return takenAs(requestId);

  async function mayAskFor({ subjects }: MachineClient, reference: string): Promise<boolean> {
    if (subjects === undefined || subjects === 'everyone') return subjects !== undefined;
    const user = await findUser(reference);
    const standing = user === undefined ? undefined : await people.standingOf(user.id, 'live');
    return user !== undefined && standing !== undefined && isAmong(subjects, user.id, standing.groupIds);
  }
}
