import type { Context } from 'aws-lambda';
import { OutageError } from './errors.ts';

/** Kept at the end of an invocation for putting aside what was not done (ms); a fifth, where it has less than 25 s. */
const longestReserveMs = 5_000;

/** What is left of one invocation's time, and what may still be done in it. */
export interface TimeLeft {
  /** Whether one more message may be begun: there is the reserve, and as much again to handle it in. */
  forOneMore(): boolean;
  /**
   * `work`, bounded so that the reserve is left. Throws `ERR_OUT_OF_TIME` (an outage): what `work` waits for does not answer. `work`
   * itself cannot be stopped: it may go on in a later invocation of the same environment, or beside the message's next delivery. So it
   * must be what a second delivery may be at any time: work that is done once however often it is begun, whose writes are conditional.
   */
  toHandle<Result>(work: () => Promise<Result>): Promise<Result>;
  /** `work`, bounded so that the invocation still answers. Throws `ERR_OUT_OF_TIME`. */
  toPutAside<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Call it where the invocation begins. */
export function timeLeftOf(context: Pick<Context, 'getRemainingTimeInMillis'>): TimeLeft {
  const leftMs = (): number => context.getRemainingTimeInMillis();
  const reserveMs = Math.min(longestReserveMs, leftMs() / 5);
  const bounded = async <Result>(ms: number, work: () => Promise<Result>): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      const message = `not done within ${Math.round(ms)} ms, and the invocation has no more time for it`;
      timer = setTimeout(() => reject(new OutageError('ERR_OUT_OF_TIME', message)), Math.max(0, ms));
    });
    try {
      return await Promise.race([work(), over]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    forOneMore: () => leftMs() >= 2 * reserveMs,
    toHandle: (work) => bounded(leftMs() - reserveMs, work),
    toPutAside: (work) => bounded(leftMs() - reserveMs / 5, work),
  };
}
