import { beginAppend, continueAppend, type Answer, type Step } from '../domain/append.ts';
import type { Digest } from '../domain/chain.ts';
import type { EventRecord } from '../domain/record.ts';
import type { AppendableTrail, AppendRecord, PutOffError, TellRecorded } from './ports.ts';

/** Each time the head was moved on by somebody else, somebody else got on; so many times in a row is a chain under siege. */
const maximumTries = 20;
const retryAfterSeconds = 5;

/**
 * Appends a record to the trail: exactly once, also when called for it twice, at once, or again after a crash. What came first stands.
 * Each is told of before its place is written, so that none is forgotten, and some are told of twice under the same id.
 *
 * Put off with `ERR_CHAIN_CONTENDED` where too many others append to the same chain.
 */
export function appendRecord(trail: AppendableTrail, digest: Digest, putOff: PutOffError, tell: TellRecorded): AppendRecord {
  return async (record) => {
    let append = beginAppend(record);
    for (let tries = 0; append.step.do !== 'done'; ) {
      if (append.step.do === 'advance') tries += 1;
      if (tries > maximumTries) {
        const message = `others moved the head of ${append.record.chain} on ${maximumTries} times`;
        throw putOff('ERR_CHAIN_CONTENDED', message, retryAfterSeconds);
      }
      append = continueAppend(append, await perform(trail, append.record, append.step, tell), digest);
    }
  };
}

async function perform(trail: AppendableTrail, record: EventRecord, step: Step, tell: TellRecorded): Promise<Answer> {
  switch (step.do) {
    case 'store':
      return { record: await trail.store(record) };
    case 'readHead':
      return { head: await trail.head(record.chain) };
    case 'readOwn':
      return { record: await trail.record(record.key) };
    case 'advance':
      return { advanced: await trail.advance(record.chain, step.seen, step.to) };
    case 'placeLast': {
      // Mostly the last appender came to its end. A place stays, and to see it costs a fifth of a write that is refused.
      const last = await trail.record(step.key);
      if (last?.place !== undefined) return {};
      if (last !== undefined) await tell(last, step.place);
      await trail.place(step.key, step.place);
      return {};
    }
    case 'placeOwn':
      await tell(record, step.place);
      await trail.place(step.key, step.place);
      return {};
    case 'done':
      return {};
  }
}
