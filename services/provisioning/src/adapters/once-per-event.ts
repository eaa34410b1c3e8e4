import { EventIdReusedError, type Once } from '@team/runtime';
import type { Context } from 'aws-lambda';
import type { OncePerEvent } from '../application/ports.ts';

/** Remembers events by who sent them and their id, within one invocation's context. */
export function oncePerEvent(once: Once, context: Context): OncePerEvent {
  return async ({ source, account, metadata, detailType, data }, useCase) => {
    const key = { consumer: 'team.provisioning', source, account, eventId: metadata.eventId, content: { detailType, metadata, data } };
    try {
      await once(key, context, useCase);
      return 'done';
    } catch (error) {
      if (error instanceof EventIdReusedError) return 'reused';
      throw error;
    }
  };
}
