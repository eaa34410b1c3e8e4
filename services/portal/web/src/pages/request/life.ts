import type { RequestDetail } from '../../../../api/src/contract/index.ts';

export interface Phase {
  readonly name: string;
  readonly colour: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

const colours = { waits: '#8c8c94', waitsAgain: '#b4b4bb', prepares: '#f89256', access: '#2ea597', left: '#c9b1f5' };

/** What part of its life a request spent with what: waiting, on its way, with access, and with credentials that outlast it. */
export function phasesOf({ row, grants, decisions, now }: RequestDetail): readonly Phase[] {
  const asked = Date.parse(row.askedAt);
  const present = Date.parse(now);
  const granted = first(grants.map(({ grantedAt }) => grantedAt));
  const decided = decisions.map(({ decidedAt }) => Date.parse(decidedAt)).toSorted((a, b) => a - b);
  // What another grant goes on holding is ended, and not removed.
  const overAt = grants.map(({ endedAt, removedAt }) => removedAt ?? endedAt);
  const over = overAt.length > 0 && overAt.every((at) => at !== undefined) ? last(overAt) : undefined;
  const useless = last(grants.map(({ credentialsUselessBy }) => credentialsUselessBy));
  const ends = row.endsAt === undefined ? undefined : Date.parse(row.endsAt);
  const waitedUntil = row.status === 'pending' ? present : (first([row.approvedAt]) ?? decided.at(-1) ?? granted ?? asked);
  const gone = over ?? (granted === undefined ? undefined : Math.max(present, ends ?? present));
  const phases: Phase[] = [
    // Where nobody had to agree, nobody was waited for.
    ...(decided.length === 0 && row.status !== 'pending' ? [] : waiting(asked, decided.filter((at) => at > asked && at < waitedUntil), waitedUntil)),
    ...(granted === undefined ? [] : [{ name: decided.length === 0 ? 'On its way' : 'Approved, on its way', colour: colours.prepares, from: decided.length === 0 ? asked : waitedUntil, to: granted }]),
    ...(granted === undefined || gone === undefined ? [] : [{ name: over === undefined ? 'Access until its end' : 'Access', colour: colours.access, from: granted, to: gone }]),
    ...(gone === undefined || useless === undefined ? [] : [{ name: 'Credentials may still work', colour: colours.left, from: gone, to: useless }]),
  ];
  return phases.filter(({ from, to }) => to > from);
}

/** Each decision but the last begins the next wait, for another person or another stage. */
function waiting(from: number, decided: readonly number[], to: number): readonly Phase[] {
  const begins = [from, ...decided];
  const colour = (place: number): string => (place % 2 === 0 ? colours.waits : colours.waitsAgain);
  return begins.map((begin, place) => ({
    name: begins.length === 1 ? 'Waiting for approval' : `Waiting for decision ${place + 1}`,
    colour: colour(place),
    from: begin,
    to: begins[place + 1] ?? to,
  }));
}

function first(times: readonly (string | undefined)[]): number | undefined {
  const known = times.flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return known.length === 0 ? undefined : Math.min(...known);
}

function last(times: readonly (string | undefined)[]): number | undefined {
  const known = times.flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return known.length === 0 ? undefined : Math.max(...known);
}
