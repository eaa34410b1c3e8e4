import type { StoredMessage } from './message.ts';

/** Which messages of a queue may be received next. A message is visible, or held back (delayed or in flight), or gone. */
export interface Order {
  visible(message: StoredMessage): void;
  heldBack(message: StoredMessage): void;
  gone(message: StoredMessage): void;
  /** The ids of up to `max` messages to hand out; each must then be reported as held back or gone. */
  take(max: number): string[];
}

/** Standard queues: best-effort order, that in which messages became visible. */
export function standardOrder(): Order {
  const ready = new Set<string>();
  return {
    visible: (message) => void ready.add(message.id),
    heldBack: (message) => void ready.delete(message.id),
    gone: (message) => void ready.delete(message.id),
    take(max) {
      const taken: string[] = [];
      for (const id of ready) {
        if (taken.length === max) break;
        taken.push(id);
      }
      for (const id of taken) ready.delete(id);
      return taken;
    },
  };
}

interface Group {
  /** In the order of their sequence. */
  readonly waiting: StoredMessage[];
  readonly inFlight: Set<string>;
  readonly delayed: Map<string, number>;
}

/**
 * FIFO queues: in order within a group, and nothing of a group while any of it is in flight. Groups take turns.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export function fifoOrder(): Order {
  const groups = new Map<string, Group>();

  function groupOf(message: StoredMessage): Group {
    const name = message.groupId ?? '';
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { waiting: [], inFlight: new Set(), delayed: new Map() }));
    return group;
  }

  function detach(message: StoredMessage): Group {
    const group = groupOf(message);
    const index = group.waiting.findIndex(({ id }) => id === message.id);
    if (index !== -1) group.waiting.splice(index, 1);
    group.inFlight.delete(message.id);
    group.delayed.delete(message.id);
    return group;
  }

  return {
    visible(message) {
      const { waiting } = detach(message);
      const later = waiting.findIndex(({ sequence }) => sequence > message.sequence);
      waiting.splice(later === -1 ? waiting.length : later, 0, message);
    },
    heldBack(message) {
      const group = detach(message);
      if (message.receiveCount > 0) group.inFlight.add(message.id);
      else group.delayed.set(message.id, message.sequence);
    },
    gone(message) {
      const { waiting, inFlight, delayed } = detach(message);
      if (waiting.length + inFlight.size + delayed.size === 0) groups.delete(message.groupId ?? '');
    },
    take(max) {
      const taken: string[] = [];
      for (const [name, group] of [...groups]) {
        if (taken.length === max) break;
        const ids = takeFrom(group, max - taken.length);
        if (ids.length === 0) continue;
        taken.push(...ids);
        groups.delete(name);
        groups.set(name, group);
      }
      return taken;
    },
  };
}

function takeFrom(group: Group, max: number): string[] {
  if (group.inFlight.size > 0) return [];
  const firstDelayed = Math.min(...group.delayed.values());
  const blocked = group.waiting.findIndex(({ sequence }) => sequence > firstDelayed);
  const count = Math.min(max, blocked === -1 ? group.waiting.length : blocked);
  const ids = group.waiting.splice(0, count).map(({ id }) => id);
  for (const id of ids) group.inFlight.add(id);
  return ids;
}
