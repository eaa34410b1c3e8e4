import { setTimeout as delay } from 'node:timers/promises';
import { accessGrantedV1, accessRequestAcceptedV1, approvalRequestedV1 } from '@team/contracts';
import type { RecordedEvent } from '../../services/portal/story/src/recorded-event.ts';
import type { Draw } from './draw.ts';
import type { Intents } from './intents.ts';
import type { Ledger } from './ledger.ts';
import { answered, NoAnswer, type Life } from './life.ts';

/** So many ask at the same time, each with pauses of this length on average; so often the trail is looked at (ms of this machine's). */
const askers = 3;
const askEveryMs = 120;
const lookEveryMs = 60;

/** Where the followers of the trail were when the process went. */
export interface Follower {
  after: string | undefined;
}

interface Load {
  readonly ledger: Ledger;
  readonly intents: Intents;
  readonly draw: Draw;
  readonly follower: Follower;
}

/**
 * What people and systems do to a cloud that is up, until `signal` is aborted or the process is gone: first they say again what got
 * no answer, then some ask and repeat themselves while others watch the trail, decide, and end what was given. Rejects for whatever
 * the cloud answered that it should not have.
 */
export async function load(life: Life, { ledger, intents, draw, follower }: Load, far: boolean, signal: AbortSignal): Promise<void> {
  await untilGone(sayAgain(life, ledger));
  await Promise.all([...Array.from({ length: askers }, () => untilGone(asking())), untilGone(following())]);

  async function asking(): Promise<void> {
    while (!signal.aborted) {
      const intent = draw.oneIn(40) ? intents.nonsense(life.now()) : intents.ask(life.now(), far);
      await life.put(intent);
      if (draw.oneIn(10)) await life.put(intent);
      await delay(draw.below(2 * askEveryMs));
    }
  }

  async function following(): Promise<void> {
    while (!signal.aborted) {
      const { events, next } = await answered(life.trail.events({ after: follower.after }));
      for (const event of events) await react(event);
      follower.after = next;
      await delay(lookEveryMs);
    }
  }

  async function react({ detailType, detail }: RecordedEvent): Promise<void> {
    const data: unknown = detail?.['data'];
    if (detailType === approvalRequestedV1.detailType) {
      const asked = approvalRequestedV1.parse(detail).data;
      // Some are left to their deadline, some hear from two people.
      if (!draw.oneIn(6)) await life.put(await answered(intents.decide(life, asked)));
      if (draw.oneIn(6)) await life.put(await answered(intents.decide(life, asked)));
    } else if (detailType === accessRequestAcceptedV1.detailType && draw.oneIn(15)) {
      const { requestId, requester } = accessRequestAcceptedV1.parse(detail).data;
      await life.put(intents.revoke(life.now(), requestId, requester.userName));
    } else if (detailType === accessGrantedV1.detailType && data !== undefined && draw.oneIn(4)) {
      const { requestId, grantId, assignment } = accessGrantedV1.parse(detail).data;
      await life.put(intents.revoke(life.now(), requestId, assignment.principalId, draw.oneIn(2) ? grantId : undefined));
    }
  }
}

/** Says again what got no answer, as it was said. */
export async function sayAgain(life: Life, ledger: Ledger): Promise<void> {
  for (const intent of ledger.unanswered) await life.put(intent);
}

/** Waits for work that ends, at the latest, with the process. */
export async function untilGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    // That the process goes is what this is about: what got no answer is in the ledger.
    if (!(error instanceof NoAnswer)) throw error;
  }
}
