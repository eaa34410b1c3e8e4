import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { eventLine } from '../print/event-line.ts';
import { findRequest } from '../request-reference.ts';
import { momentOf } from '../timestamp.ts';

export interface EventsOptions {
  readonly request?: string;
  readonly since?: string;
  readonly json?: true;
  readonly once?: true;
}

/** How often the trail is asked for news (ms). */
const pollEveryMs = 500;

/** `team events`: what happens on the bus, as the audit service records it. */
export async function followEvents(context: Context, { request, since: when, json, once }: EventsOptions): Promise<ExitCode> {
  const { trail, say, signal } = context;
  const since = when === undefined ? undefined : await momentOf(when, '--since', context.bus);
  const requestId = request === undefined ? undefined : await findRequest(trail, request);
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ requestId, after, since: requestId === undefined ? since : undefined });
    for (const event of events) {
      if (since === undefined || event.recordedAt >= since) say(json ? JSON.stringify(event) : eventLine(event));
    }
    after = next ?? after;
    if (events.length > 0) continue;
    if (once === true || (await interrupted(context))) return exitCodes.ok;
  }

  async function interrupted({ pause }: Context): Promise<boolean> {
    try {
      await pause(pollEveryMs);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return signal.aborted;
  }
}
