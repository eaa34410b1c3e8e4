import type { Ask, Askable, AskableBundle } from '../../../../api/src/contract/index.ts';

/** What somebody is about to ask for. */
export interface Draft {
  readonly targets: readonly Askable[];
  readonly bundles: readonly AskableBundle[];
  readonly when: 'now' | 'later';
  /** `YYYY-MM-DD` and `hh:mm`, in the zone that times are shown in. */
  readonly date: string;
  readonly time: string;
  readonly durationMinutes: number;
  readonly ticket: string;
  readonly justification: string;
  readonly breakGlass: boolean;
  /** User name of whoever is to have it; empty: whoever asks. */
  readonly other: string;
}

export const LONGEST_JUSTIFICATION = 2_000;
export const LONGEST_TICKET = 128;
/** The longest of which anything may be asked. */
export const LONGEST_MINUTES = 43_200;
/** Where nothing is chosen yet. */
const USUAL_MINUTES = 60;
/** How far a slider goes where it is not known how long somebody may have it. */
export const USUAL_REACH_MINUTES = 480;
/** The coarsest by which the maximum can be reached. */
const STEPS_MINUTES = [15, 5] as const;

export const emptyDraft: Draft = {
  targets: [], bundles: [], when: 'now', date: '', time: '', durationMinutes: USUAL_MINUTES, ticket: '', justification: '', breakGlass: false, other: '',
};

/** What of a draft says where: targets by themselves, and bundles. */
export type Chosen = Pick<Draft, 'targets' | 'bundles'>;

const limitsOf = ({ targets, bundles }: Chosen): readonly Pick<Askable, 'maximumMinutes' | 'breakGlass'>[] => [...targets, ...bundles];

export function nothingChosen({ targets, bundles }: Chosen): boolean {
  return targets.length === 0 && bundles.length === 0;
}

/** Between what and what the duration may be (minutes): one request has one duration, so the shortest maximum counts. */
export function durationBounds(chosen: Chosen): { min: number; max: number; step: number } {
  const max = Math.min(...limitsOf(chosen).map(({ maximumMinutes }) => maximumMinutes), LONGEST_MINUTES);
  const step = STEPS_MINUTES.find((one) => max % one === 0 && max > one) ?? 1;
  return { min: step, max: nothingChosen(chosen) ? USUAL_REACH_MINUTES : max, step };
}

/** The draft with these instead, its duration and break glass kept within what they allow. Nobody breaks glass for somebody else. */
export function withChosen(draft: Draft, change: Partial<Chosen>): Draft {
  const changed = withoutGlass({ ...draft, ...change });
  const { max } = durationBounds(changed);
  return { ...changed, durationMinutes: Math.min(draft.durationMinutes, max), breakGlass: draft.breakGlass && breakGlassAllowed(changed) };
}

/** The draft with these beside what is chosen; what is chosen already is chosen once. */
export function withAdded(draft: Draft, { targets, bundles }: Chosen): Draft {
  const newTargets = targets.filter((target) => !draft.targets.some((one) => sameTarget(one, target)));
  const newBundles = bundles.filter(({ bundleId }) => !draft.bundles.some((one) => one.bundleId === bundleId));
  return withChosen(draft, { targets: [...draft.targets, ...newTargets], bundles: [...draft.bundles, ...newBundles] });
}

function withoutGlass(draft: Draft): Draft {
  if (draft.other.trim() === '') return draft;
  const without = <Item extends Askable | AskableBundle>(items: readonly Item[]): readonly Item[] => items.map((item) => ({ ...item, breakGlass: false }));
  return { ...draft, targets: without(draft.targets), bundles: without(draft.bundles) };
}

/** The draft for somebody else, out of whose list is chosen then: what was chosen out of another's is left out. */
export function withOther(draft: Draft, other: string): Draft {
  if (other.trim() === draft.other.trim()) return { ...draft, other };
  return withChosen({ ...draft, other }, { targets: [], bundles: [] });
}

export function breakGlassAllowed(chosen: Chosen): boolean {
  return !nothingChosen(chosen) && limitsOf(chosen).every(({ breakGlass }) => breakGlass);
}

export function sameTarget(a: Pick<Askable, 'accountId' | 'permissionSetArn'>, b: Pick<Askable, 'accountId' | 'permissionSetArn'>): boolean {
  return a.accountId === b.accountId && a.permissionSetArn === b.permissionSetArn;
}

/** When it is to begin; nothing where that is not filled in, or is no moment. */
export function startOf({ when, date, time }: Draft, inUtc: boolean): string | undefined {
  if (when === 'now' || date === '' || time === '') return undefined;
  const at = Date.parse(`${date}T${time}${inUtc ? 'Z' : ''}`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** What is sent, or previewed; nothing as long as something essential is missing. */
export function askOf(draft: Draft, inUtc: boolean, extended?: string): Ask | undefined {
  const startAt = startOf(draft, inUtc);
  if (nothingChosen(draft) || (draft.when === 'later' && startAt === undefined)) return undefined;
  return {
    targets: [...draft.targets.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })), ...draft.bundles.map(({ bundleId }) => ({ bundle: bundleId }))],
    durationMinutes: draft.durationMinutes,
    ...(startAt === undefined ? {} : { startAt }),
    ...(draft.justification.trim() === '' ? {} : { justification: draft.justification.trim() }),
    ...(draft.ticket.trim() === '' ? {} : { ticket: draft.ticket.trim() }),
    ...(draft.breakGlass ? { breakGlass: true } : {}),
    ...(draft.other.trim() === '' ? {} : { for: draft.other.trim() }),
    ...(extended === undefined ? {} : { extends: extended }),
  };
}
