import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiOptions } from './create-base.ts';
import { onlyJson } from './only-json.ts';
import { peopleAlone } from './people-alone.ts';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';
import { rateLimit } from './rate-limit.ts';

/** 64 KB: fifty targets, and a justification of 2,000 characters in any script, take less than a third of it. */
const mostBytes = 64 * 1024;
/** 256 KB: a policy takes 90,000 bytes as the bus has it, and some more as people write it. */
const mostBytesOfPolicy = 256 * 1024;
const commandsPerMinute = 60;
const readsPerMinute = 600;

/** What a call passes before its route: nothing of it is read before it is known whose it is. All but `orMachine` let people by alone. */
export interface Guards {
  readonly read: MiddlewareHandler<PortalEnv>[];
  /** A read that is sent as a body. */
  readonly question: MiddlewareHandler<PortalEnv>[];
  readonly command: MiddlewareHandler<PortalEnv>[];
  /** The same with room for a policy. */
  readonly longQuestion: MiddlewareHandler<PortalEnv>[];
  readonly longCommand: MiddlewareHandler<PortalEnv>[];
  /** Of routes that know what a machine may: `c.var.machine` is set where one calls, and `c.var.person` is not. */
  readonly orMachine: Pick<Guards, 'read' | 'command'>;
}

export function guards({ authenticate }: Pick<ApiOptions, 'authenticate'>, now: () => number): Guards {
  const reads = rateLimit(readsPerMinute, now);
  const commands = rateLimit(commandsPerMinute, now);
  const body = (maxSize: number): MiddlewareHandler<PortalEnv>[] => [
    onlyJson,
    bodyLimit({
      maxSize,
      onError: (c: Context<PortalEnv>) => problemAnswer(c, 413, { code: 'ERR_BODY_TOO_LARGE', detail: `The body may have ${maxSize} bytes. Ask for less at once.` }),
    }),
  ];
  const question = (maxSize: number) => [authenticate, peopleAlone, reads, ...body(maxSize)];
  const command = (maxSize: number) => [authenticate, peopleAlone, commands, ...body(maxSize)];
  return {
    read: [authenticate, peopleAlone, reads],
    orMachine: { read: [authenticate, reads], command: [authenticate, commands, ...body(mostBytes)] },
    question: question(mostBytes),
    command: command(mostBytes),
    longQuestion: question(mostBytesOfPolicy),
    longCommand: command(mostBytesOfPolicy),
  };
}
