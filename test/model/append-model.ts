import { beginAppend, continueAppend, type Answer, type Append, type Step } from '../../services/audit/src/domain/append.ts';
import { knownAfter, knownAnswer, readBeforehand, type Known } from '../../services/audit/src/domain/append-known.ts';
import { placed, type Digest, type Head, type Place, type StoredRecord } from '../../services/audit/src/domain/chain.ts';
import { recordOf, type EventRecord } from '../../services/audit/src/domain/record.ts';
import { verifyChain } from '../../services/audit/src/domain/verify.ts';
import { messageOf, reading, start } from '../../services/audit/test/events.ts';
import type { Model, Move } from './explore.ts';

/** What is stored. Operations on it are indivisible. */
export interface Trail {
  readonly records: Readonly<Record<string, StoredRecord>>;
  readonly head: Head | undefined;
  /** Beside the trail: which records the chain took, in this order. */
  readonly taken: readonly string[];
}

/** One function that appends messages one after the other; the sweep is one that appends what it finds without a place. */
interface Appender {
  /** What it is to append after this. */
  readonly waiting: readonly EventRecord[];
  readonly append: Append | undefined;
  /** What it knows without asking; it learns nothing where it only asks. */
  readonly known?: Known | undefined;
}

export interface World extends Trail {
  readonly appenders: readonly Appender[];
  readonly sweep: Append | undefined;
  /** How often somebody may still die. */
  readonly deaths: number;
}

/** The protocol and the store that it is tried with; the real ones unless a test plants a mistake. */
export interface Parts {
  readonly protocol: typeof continueAppend;
  /** Whether a head with this seq is replaced by one who saw another. */
  readonly replaces: (standing: number, seen: number) => boolean;
  /** What stands under a key after it is written. */
  readonly stored: (standing: StoredRecord | undefined, record: EventRecord) => StoredRecord;
  /** Whether the sweep appends what it finds without a place. */
  readonly finishes: boolean;
  /** Whether appenders read the head before they store, and then do not ask for what follows from it, as the service does. */
  readonly knowing: boolean;
  readonly follows: typeof knownAnswer;
  /** Whether a record is said to be fresh, by what stood under its key. */
  readonly fresh: (standing: StoredRecord | undefined) => boolean;
}

const realParts: Parts = {
  protocol: continueAppend,
  replaces: (standing, seen) => standing === seen,
  stored: (standing, record) => standing ?? record,
  finishes: true,
  knowing: false,
  follows: knownAnswer,
  fresh: (standing) => standing === undefined,
};

/** An event as it is delivered the n-th time: what EventBridge and the clock write on it differs. */
function delivered(word: string, n: number): EventRecord {
  const message = messageOf(word, { region: `delivery-${n}` });
  return recordOf(message, new Date(Date.parse(start) + n * 1_000).toISOString(), reading);
}

/** What an operation makes of the trail, and what it answers. */
function perform(trail: Trail, { record, step }: Append, { replaces, stored, fresh }: Parts): readonly [Trail, Answer] {
  const { records, head, taken } = trail;
  switch (step.do) {
    case 'store': {
      const standing = stored(records[record.key], record);
      return [{ ...trail, records: { ...records, [record.key]: standing } }, { record: standing, fresh: fresh(records[record.key]) }];
    }
    case 'readHead':
      return [trail, { head }];
    case 'readOwn':
      return [trail, { record: records[record.key] }];
    case 'placeLast':
    case 'placeOwn': {
      const target = records[step.key];
      if (target === undefined || target.place !== undefined) return [trail, {}];
      return [{ ...trail, records: { ...records, [step.key]: { ...target, place: step.place } } }, {}];
    }
    case 'advance':
      if (!replaces(head?.seq ?? 0, step.seen)) return [trail, { advanced: false }];
      return [{ ...trail, head: step.to, taken: [...taken, step.to.last] }, { advanced: true }];
    case 'done':
      return [trail, {}];
  }
}

const dying = ({ deaths }: World, label: string, state: World): Move<World>[] =>
  deaths === 0 ? [] : [{ label, optional: true, state: { ...state, deaths: deaths - 1 } }];

const goneBack = (before: Trail, after: Trail): string | undefined =>
  after.head !== before.head && (after.head?.seq ?? 0) <= (before.head?.seq ?? 0) ? 'the head went back' : undefined;

export interface Instance {
  /** Each appender's messages, by their words. */
  readonly deliveries: readonly (readonly string[])[];
  /** How often somebody dies, at most. Default: any number of times. */
  readonly deaths?: number;
}

/** Everything that can happen while messages are appended. */
export function appendModel({ deliveries, deaths = Infinity }: Instance, planted: Partial<Parts> = {}): Model<World> {
  const parts = { ...realParts, ...planted };
  const digest = remembering(reading.digest);
  /** The same events as they come when nobody answered for them: later, in another message. */
  const comesAgain = new Map(deliveries.flat().map((word) => delivered(word, deliveries.length)).map((record) => [record.key, record]));
  const verified = new Map<string, Promise<string | undefined>>();
  const withAppender = (world: World, index: number, appender: Appender): World => ({
    ...world,
    appenders: world.appenders.with(index, appender),
  });

  const advanceOf = (world: World, begun: Append, known?: Known): readonly [Trail, Append | undefined, string, Known | undefined] => {
    let append = begun;
    // What follows from what is known takes no operation, and no time.
    for (let answer = parts.follows(known, append); answer !== undefined; answer = parts.follows(known, append)) append = parts.protocol(append, answer, digest);
    const [trail, answer] = perform(world, append, parts);
    const next = parts.protocol(append, answer, digest);
    return [trail, next.step.do === 'done' ? undefined : next, inWords(append.step), knownAfter(known, append, answer)];
  };

  const movesOf = (world: World, index: number): Move<World>[] => {
    const appender = world.appenders[index];
    if (appender === undefined) return [];
    const { append, waiting, known } = appender;
    const [first, ...rest] = waiting;
    if (append === undefined) {
      if (first === undefined) return [];
      const beforehand = parts.knowing ? { known: readBeforehand(first, world.head) } : {};
      return [{ label: `${index} begins`, optional: true, state: withAppender(world, index, { append: beginAppend(first), waiting: rest, ...beforehand }) }];
    }
    const [trail, next, label, knownThen] = advanceOf(world, append, known);
    const again = comesAgain.get(append.record.key) ?? append.record;
    return [
      { label: `${index} ${label}`, state: withAppender({ ...world, ...trail }, index, { append: next, waiting, known: next === undefined ? undefined : knownThen }), broken: goneBack(world, trail) },
      ...dying(world, `${index} dies`, withAppender(world, index, { append: undefined, waiting: [again, ...waiting] })),
    ];
  };

  const sweepMoves = (world: World): Move<World>[] => {
    const { sweep } = world;
    if (sweep === undefined) {
      const unplaced = Object.values(world.records).filter(({ place }) => parts.finishes && place === undefined);
      return unplaced.map((record) => ({ label: `the sweep begins ${wordOf(record)}`, state: { ...world, sweep: beginAppend(record) } }));
    }
    const [trail, next, label] = advanceOf(world, sweep);
    return [
      { label: `the sweep ${label}`, state: { ...world, ...trail, sweep: next }, broken: goneBack(world, trail) },
      ...dying(world, 'the sweep dies', { ...world, sweep: undefined }),
    ];
  };

  return {
    initial: {
      records: {},
      head: undefined,
      taken: [],
      appenders: deliveries.map((words, index) => ({ waiting: words.map((word) => delivered(word, index)), append: undefined })),
      sweep: undefined,
      deaths,
    },
    moves: (world) => [...world.appenders.keys()].flatMap((index) => movesOf(world, index)).concat(sweepMoves(world)),
    key: (world) => [trailKey(world), ...world.appenders.map(appenderKey), appendKey(world.sweep), world.deaths].join('|'),
    broken(world) {
      const key = trailKey(world);
      const known = verified.get(key) ?? brokenRule(world);
      verified.set(key, known);
      return known;
    },
    atRest: ({ records, appenders, sweep }) =>
      sweep === undefined &&
      appenders.every(({ append }) => append === undefined) &&
      Object.values(records).every(({ place }) => place !== undefined),
  };
}

async function brokenRule({ records, head, taken }: Trail): Promise<string | undefined> {
  if (new Set(taken).size < taken.length) return 'an event was taken twice';
  if ((head?.seq ?? 0) !== taken.length) return `the head says ${head?.seq ?? 0}, but ${taken.length} were taken`;
  const all = Object.values(records);
  if (all.some(({ key, place }) => place !== undefined && taken[place.seq - 1] !== key)) return 'a record bears a place that is not its own';
  const chained = all.flatMap((record) => placed(record, head) ?? []).sort((a, b) => a.place.seq - b.place.seq);
  const { problems } = await verifyChain(all[0]?.chain ?? '', head, eachOf(chained), reading);
  return problems[0] === undefined ? undefined : `the chain does not verify: ${problems[0].kind}`;
}

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const wordOf = ({ raw }: EventRecord): string => /"word":"(\w+)"/.exec(raw)?.[1] ?? '';

/** A digest that works each out once. */
function remembering(digest: Digest): Digest {
  const known = new Map<string, string>();
  return (value) => {
    const text = JSON.stringify(value);
    const digested = known.get(text) ?? digest(value);
    known.set(text, digested);
    return digested;
  };
}

/** What tells records, places and steps apart, in few characters: a hash binds all that a place says. */
const placeKey = (place: Place | undefined): string => (place === undefined ? '' : place.hash.slice(0, 12));
const recordKey = (record: StoredRecord): string => `${record.rawHash.slice(0, 12)}${placeKey(record.place)}`;
const trailKey = ({ records, head, taken }: Trail): string =>
  `${Object.values(records).map(recordKey).sort().join()} ${placeKey(head)} ${taken.length}`;

const appenderKey = ({ waiting, append, known }: Appender): string => `${waiting.map(recordKey).join()} ${appendKey(append)} ${known === undefined ? '' : `${String(known.fresh)} ${placeKey(known.head)}`}`;

function appendKey(append: Append | undefined): string {
  if (append === undefined) return '';
  const { record, step } = append;
  const { rawHash } = record;
  const about = 'place' in step ? placeKey(step.place) : 'head' in step ? placeKey(step.head) : 'to' in step ? placeKey(step.to) : '';
  return `${step.do} ${rawHash.slice(0, 12)} ${about}`;
}

function inWords(step: Step): string {
  switch (step.do) {
    case 'store':
      return 'stores its record';
    case 'readHead':
      return 'reads the head';
    case 'placeLast':
      return `gives the last record its place ${step.place.seq}`;
    case 'readOwn':
      return 'reads its record again';
    case 'advance':
      return `moves the head from ${step.seen}`;
    case 'placeOwn':
      return `gives its record the place ${step.place.seq}`;
    case 'done':
      return 'is done';
  }
}
