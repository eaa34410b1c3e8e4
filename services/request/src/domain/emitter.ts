import type { Principals } from './people.ts';

/** Where an event came from, by the bus's word. */
export interface Sender {
  readonly source: string;
  readonly account: string;
}

/** The registration of a system that may ask; what is absent is denied. */
export interface Emitter {
  readonly name: string;
  readonly roleArn: string;
  readonly source: string;
  readonly detailTypes: readonly string[];
  readonly mayAskFor?: 'everyone' | Principals | undefined;
  readonly mayAskForOthers?: Principals | undefined;
  readonly mayBreakGlass?: boolean | undefined;
}
