import { ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DurableMap } from '../../../infra/local/src/cloud/store.ts';
import type { Account, AccountAssignment, GroupMembership, OrganizationalUnit } from '../../../infra/local/src/identity/organization.ts';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { Asked, ByHand, PoliciesSince, Scene, Trouble } from '../scene.ts';
import type { Tables } from '../tables.ts';

type Readable<T> = Pick<DurableMap<T>, 'get' | 'has' | 'values' | 'entries'>;

/** A message that a service laid down, or a queue after too many receives. */
export interface DeadLetter {
  readonly queue: string;
  readonly body: string;
  /** Why, where somebody said so. */
  readonly code?: string;
  readonly message?: string;
}

/** Everything that an invariant may judge from: what surrounds the product, and what can be seen of it from outside. */
export interface Seen {
  now(): number;
  readonly tables: Tables;
  readonly assignments: Readable<AccountAssignment>;
  readonly memberships: Readable<GroupMembership>;
  readonly accounts: Readable<Pick<Account, 'Id' | 'ParentId'>>;
  readonly units: Readable<Pick<OrganizationalUnit, 'ParentId'>>;
  /** What people had assigned by hand before anything happened. */
  readonly assignedBefore: readonly AccountAssignment[];
  readonly asked: readonly Asked[];
  /** Events of the bus so far, in its order. */
  readonly events: readonly SeenEvent[];
  readonly forged: ReadonlySet<string>;
  readonly byHand: readonly ByHand[];
  /** Ids of those who have had more than one name. */
  readonly renamed: ReadonlySet<string>;
  readonly policies: readonly PoliciesSince[];
  readonly trouble: Readonly<Trouble>;
  readonly measures: Map<string, number>;
  /** What still moves, in words; nothing, where all is at rest. */
  moving(): Iterable<string>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** What the function of this name answers, or undefined where it does not within ten minutes. */
  ask(functionName: string, question: object): Promise<unknown>;
}

const answerWithinMs = 600_000;

export function seenIn(scene: Scene): Seen {
  const { world, driver, directory } = scene;
  return {
    ...scene,
    now: () => world.now(),
    assignments: directory.assignments,
    memberships: directory.memberships,
    accounts: directory.accounts,
    units: directory.units,
    assignedBefore: world.organization.AccountAssignments,
    deadLetters: async () => {
      const { sqs } = world.system.clients('operator');
      return (await deadLetterQueues(sqs)).flatMap((queue) =>
        world.system.queues.peek(queue).map(({ body, attributes, deadLetterSource }) => {
          // Laid down by the queue itself: what the message says of itself is then of an earlier time.
          const said = deadLetterSource === undefined ? attributes : {};
          const code = (said['code'] ?? said['ERROR_CODE'])?.StringValue;
          const message = (said['message'] ?? said['ERROR_MESSAGE'])?.StringValue;
          return { queue, body, ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
        }),
      );
    },
    async ask(functionName, question) {
      let answered: { readonly value?: unknown; readonly error?: unknown } | undefined;
      world.system.invoke(functionName, question).then(
        (value) => (answered = { value }),
        (error: unknown) => (answered = { error }),
      );
      await driver.runTo(world.now() + answerWithinMs, () => answered !== undefined);
      if (answered?.error !== undefined) throw new Error(`${functionName} did not answer`, { cause: answered.error });
      return answered?.value;
    },
  };
}

/** Names of all queues where messages are laid down. */
async function deadLetterQueues(sqs: SQSClient): Promise<string[]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'team-', MaxResults: 1_000 }));
  return QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1)).filter((name) => /-dlq(\.fifo)?$/.test(name));
}

/**
 * Since when nothing goes wrong any more (ms), which is the start of a run without faults, or the end of its last outage, which may be
 * to come; undefined while faults are drawn.
 */
export function calmSince({ faultsUntil, outageUntil }: Readonly<Trouble>): number | undefined {
  return faultsUntil === undefined ? undefined : Math.max(faultsUntil, outageUntil);
}
