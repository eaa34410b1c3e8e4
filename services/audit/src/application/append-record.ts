import { beginAppend, continueAppend, type Answer, type Step } from '../domain/append.ts';
import { knownAfter, knownAnswer, readBeforehand, type Known } from '../domain/append-known.ts';
import type { Digest, Place } from '../domain/chain.ts';
import type { EventRecord } from '../domain/record.ts';
import type { AppendableTrail, AppendRecord, PutOffError, TellRecorded } from './ports.ts';
import { remembered, type Remembered } from './remembered.ts';

/** Each time the head was moved on by somebody else, somebody else got on; so many times in a row is a chain under siege. */
const maximumTries = 20;
const retryAfterSeconds = 5;
/** Records of which it is remembered that they bear their place: those that chains end with now. */
const placedAtMost = 5_000;

/** Remembers which records bear their place, which stays once it is written: whoever appended last mostly wrote it here, and need not be asked. */
export const rememberedPlaces = (): Remembered => remembered(placedAtMost);

/**
 * Appends a record to the trail: exactly once, also when called for it twice, at once, or again after a crash. What came first stands.
 * Each is told of before its place is written, so that none is forgotten, and some are told of twice under the same id.
 *
 * `placed` may be shared by appenders of one process.
 * Put off with `ERR_CHAIN_CONTENDED` where too many others append to the same chain.
 */
export function appendRecord(trail: AppendableTrail, digest: Digest, putOff: PutOffError, tell: TellRecorded, placed: Remembered = rememberedPlaces()): AppendRecord {
  return async (record) => {
    let known: Known | undefined = readBeforehand(record, await trail.head(record.chain));
    let append = beginAppend(record);
    for (let tries = 0; append.step.do !== 'done'; ) {
      if (append.step.do === 'advance') tries += 1;
      if (tries > maximumTries) {
        const message = `others moved the head of ${append.record.chain} on ${maximumTries} times`;
        throw putOff('ERR_CHAIN_CONTENDED', message, retryAfterSeconds);
      }
      const answer = knownAnswer(known, append) ?? (await perform(trail, append.record, append.step, tell, placed));
      known = knownAfter(known, append, answer);
      append = continueAppend(append, answer, digest);
    }
  };
}

async function perform(trail: AppendableTrail, record: EventRecord, step: Step, tell: TellRecorded, placed: Remembered): Promise<Answer> {
  switch (step.do) {
    case 'store':
      return trail.store(record);
    case 'readHead':
      return { head: await trail.head(record.chain) };
    case 'readOwn':
      return { record: await trail.record(record.key) };
    case 'advance':
      return { advanced: await trail.advance(record.chain, step.seen, step.to) };
    case 'placeLast': {
      if (placed.has(step.key)) return {};
      // Mostly the last appender came to its end. A place stays, and to see it costs a fifth of a write that is refused.
      const last = await trail.record(step.key);
      if (last !== undefined && last.place === undefined) await placing(last, step.place);
      placed.add(step.key);
      return {};
    }
    case 'placeOwn':
      await placing(record, step.place);
      placed.add(step.key);
      return {};
    case 'done':
      return {};
  }

  async function placing(of: EventRecord, place: Place): Promise<void> {
    await tell(of, place);
    await trail.place(of.key, place);
  }
}
