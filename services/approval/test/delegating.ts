import { createHash } from 'node:crypto';
import { evolveDelegations, type DelegationEvent, type Delegations } from '../src/domain/delegations.ts';
import { judgeDelegation, type DelegationCommand } from '../src/domain/judge-delegation.ts';
import { meeting } from './meeting.ts';
import { idOf, start } from './scenario.ts';
import type { KnownPerson } from '../src/domain/people.ts';

const day = 24 * 60 * 60_000;

interface Wish {
  /** Days after the scenario begins. */
  readonly from?: number;
  readonly until?: number;
  readonly id?: string;
  /** Another event with the same words. */
  readonly again?: string;
}

/** Somebody's wish that another decide for them, for a week unless told otherwise; without `to`, that nobody do any more. */
export function delegate(by: KnownPerson, to: KnownPerson | undefined, { from = 0, until = 7, id = `${by.userName} is away`, again = '' }: Wish = {}) {
  const submission = {
    delegationId: idOf(id),
    delegator: by.userName,
    ...(to === undefined ? {} : { delegate: to.userName }),
    from: new Date(start + from * day).toISOString(),
    until: new Date(start + until * day).toISOString(),
    source: 'acme.chat',
    account: '111122223333',
  };
  const digest = createHash('sha256').update(JSON.stringify([submission, again])).digest('hex');
  return {
    type: 'delegate',
    submission: { ...submission, digest },
    emitter: { name: 'chat', mayDelegate: true },
    people: { delegator: { person: by }, ...(to === undefined ? {} : { delegate: { person: to } }) },
  } as const satisfies DelegationCommand;
}

/** All delegations, which meet commands one after the other; between two they are stored and read, as JSON. */
export function delegations(...commands: readonly DelegationCommand[]) {
  const { meet, state } = meeting<Delegations, DelegationCommand, DelegationEvent>(judgeDelegation, evolveDelegations, start, commands);
  return {
    meet,
    state,
    /** What is said, by type or by the codes of a refusal. */
    told: (command: DelegationCommand, now = start): readonly string[] =>
      meet(command, now).flatMap((event) => {
        if (event.type === 'DelegationAnswered') return [];
        return event.type === 'DelegationRefused.v1' ? event.data.reasons.map(({ code }) => code) : [event.type];
      }),
  };
}
