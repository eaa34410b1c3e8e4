import type { BusEvent } from '../../infra/local/src/cloud/eventbridge/event.ts';
import type { Invocation } from './invocation.ts';
import type { Message } from './lost-messages.ts';

/** Parts of the system that do not work at all in a run: what must hold without them is shown so. */
export interface Off {
  /** Functions whose invocations do nothing; what was sent to them is gone. */
  readonly functions?: (service: string, name: string) => boolean;
  /** Messages that a queue takes and loses. */
  readonly messages?: (message: Message, sender: Invocation) => boolean;
  /** Events that never reach a target of the bus. */
  readonly deliveries?: (event: BusEvent, targetArn: string) => boolean;
}
