import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiOptions } from './create-base.ts';
import { onlyFromHere, onlyJson } from './only-from-here.ts';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';
import { rateLimit } from './rate-limit.ts';

/** 64 KB: fifty targets, and a justification of 2,000 characters in any script, take less than a third of it. */
const mostBytes = 64 * 1024;
const commandsPerMinute = 60;
const readsPerMinute = 600;

/** What a call passes before its route: nothing of it is read before it is known whose it is. */
export interface Guards {
  readonly read: MiddlewareHandler<PortalEnv>[];
  /** A read that is sent as a body. */
  readonly question: MiddlewareHandler<PortalEnv>[];
  readonly command: MiddlewareHandler<PortalEnv>[];
}

export function guards({ authenticate, origins }: ApiOptions, now: () => number): Guards {
  const reads = rateLimit(readsPerMinute, now);
  const commands = rateLimit(commandsPerMinute, now);
  const body = [
    onlyJson,
    bodyLimit({
      maxSize: mostBytes,
      onError: (c: Context<PortalEnv>) => problemAnswer(c, 413, { code: 'ERR_BODY_TOO_LARGE', detail: `The body may have ${mostBytes} bytes. Ask for less at once.` }),
    }),
  ];
  return {
    read: [authenticate, reads],
    question: [onlyFromHere(origins), authenticate, reads, ...body],
    command: [onlyFromHere(origins), authenticate, commands, ...body],
  };
}
