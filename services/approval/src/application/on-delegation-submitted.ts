import { delegationSubmittedV1, findEmitter, type DelegationSubmittedV1 } from '@team/contracts';
import type { DelegationCommand } from '../domain/judge-delegation.ts';
import type { Ports, Received } from './ports.ts';

/** Somebody who is away wants another to decide in their place, or no longer: finds out who, and has it judged. */
export async function onDelegationSubmitted({ data, metadata, source, account }: Received<DelegationSubmittedV1>, ports: Ports): Promise<void> {
  const { emitters, evidence, people, delegations } = ports;
  const digest = evidence.digestOf({ data, source, account, eventId: metadata.eventId });
  const emitter = findEmitter(emitters, { source, account }, delegationSubmittedV1.detailType);
  // A channel authenticates whoever is away; who administers speaks for anybody.
  const mayDelegate = emitter?.mayDecide !== undefined || emitter?.mayAdminister === true;
  const command: DelegationCommand = {
    type: 'delegate',
    submission: { ...data, digest, source, account },
    ...(emitter === undefined ? {} : { emitter: { name: emitter.name, mayDelegate } }),
    ...(mayDelegate
      ? {
          people: {
            delegator: await people.find(data.delegator),
            ...(data.delegate === undefined ? {} : { delegate: await people.find(data.delegate) }),
          },
        }
      : {}),
  };
  await delegations.execute(command, metadata);
}
