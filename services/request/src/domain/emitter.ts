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
  readonly mayBreakGlass?: boolean | undefined;
}

/** The registration under which an event came: source, account of the role, and detail-type must all be registered together. */
export function findEmitter(emitters: readonly Emitter[], { source, account }: Sender, detailType: string): Emitter | undefined {
  return emitters.find(
    (emitter) => emitter.source === source && emitter.roleArn.split(':')[4] === account && emitter.detailTypes.includes(detailType),
  );
}
