import type { Askable, AskableBundle } from '../../../api/src/contract/index.ts';
import { refused } from '../failure.ts';
import { targetText } from '../print/outcome-lines.ts';
import { printable } from '../print/printable.ts';
import { bundleText, namedBundle, type NamedBundle } from './named-bundles.ts';
import type { Target } from './named-targets.ts';
import type { Portal } from './portal.ts';
import type { Terminal } from './portal-context.ts';

/** What somebody wants to ask for: targets, and bundles of them. */
interface Chosen {
  readonly targets: readonly Target[];
  readonly bundles: readonly NamedBundle[];
}

/** The same, for how long and why. */
export interface Picked extends Chosen {
  readonly minutes: number;
  readonly why: string | undefined;
}

interface Asking {
  readonly terminal: Terminal;
  readonly remark: (text: string) => void;
  readonly portal: Portal;
  /** Who is to have it, where that is somebody else: user name. */
  readonly other?: string | undefined;
}

/** As many as fit a small terminal. */
const mostShown = 20;

/** The longest that anything lasts (minutes). */
const longestEver = 43_200;

/** Asks the person for what they did not say by options. */
export async function pick(asking: Asking, said: Chosen & { readonly minutes: number | undefined; readonly why: string | undefined }): Promise<Picked> {
  const { targets, bundles } = said.targets.length + said.bundles.length > 0 ? said : await pickTargets(asking);
  const longest = Math.min(...[...targets, ...bundles].map(({ maximumMinutes = longestEver }) => maximumMinutes));
  const minutes = said.minutes ?? (await pickMinutes(asking, longest));
  const why = said.why ?? (await asking.terminal.ask('Why, for those who approve (empty: no reason): ')).trim();
  return { targets, bundles, minutes, why: why === '' ? undefined : why };
}

/** A line that can be chosen. */
type Offer = ({ readonly target: Askable } | { readonly bundle: AskableBundle }) & { readonly text: string };

async function pickTargets({ terminal, remark, portal, other }: Asking): Promise<Chosen> {
  const who = printable(other ?? 'you');
  const { items: bundles } = await portal.bundles({ for: other });
  for (let search = (await terminal.ask('Account, permission set or bundle, or a part of any (empty: all): ')).trim(); ; ) {
    const { items, next } = await portal.askable({ for: other, ...(search === '' ? {} : { search: search.slice(0, 128) }), limit: mostShown });
    const found = bundles.filter((bundle) => hasWords(bundle, search));
    if (items.length === 0 && found.length === 0 && search === '') throw refused(`there is nothing that ${who} may ask for`);
    const offers: readonly Offer[] = [
      ...items.map((target) => ({ target, text: targetText(target) + remarksOn(target) })),
      ...found.slice(0, mostShown).map((bundle) => ({ bundle, text: printable(bundleText(bundle, who)) + remarksOn(bundle) })),
    ];
    offers.forEach(({ text }, place) => remark(`${String(place + 1).padStart(3)}  ${text}`));
    if (next !== undefined || found.length > mostShown) remark('     … and more: other words find them');
    if (offers.length === 0) remark(`Nothing that ${who} may ask for has "${printable(search)}".`);
    const answer = (await terminal.ask('Which: numbers, or other words: ')).trim();
    const chosen = chosenIn(answer, offers);
    if (chosen.length > 0) return { targets: chosen.flatMap((offer) => ('target' in offer ? [offer.target] : [])), bundles: chosen.flatMap((offer) => ('bundle' in offer ? [namedBundle(offer.bundle)] : [])) };
    if (isListOfNumbers(answer)) remark(`Give numbers from 1 to ${offers.length}.`);
    else search = answer;
  }
}

function hasWords({ bundleId, description = '' }: AskableBundle, search: string): boolean {
  const text = `${bundleId} ${description}`.toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** The lines of these numbers; none where one of them is no number of a line. */
function chosenIn(answer: string, offers: readonly Offer[]): readonly Offer[] {
  const words = answer.split(/[\s,]+/).filter((word) => word !== '');
  const chosen = [...new Set(words)].flatMap((word) => (/^\d{1,2}$/.test(word) ? (offers[Number(word) - 1] ?? []) : []));
  return chosen.length === new Set(words).size ? chosen : [];
}

/** Numbers of this list have two digits at most: what is longer is an account, or a part of one. */
const isListOfNumbers = (answer: string): boolean => /^(?:\d{1,2}[\s,]*)+$/.test(answer) && !/\d{3}/.test(answer);

const remarksOn = ({ maximumMinutes, approvalRequired }: Pick<Askable, 'maximumMinutes' | 'approvalRequired'>): string => `  at most ${maximumMinutes} minutes${approvalRequired ? ', somebody approves' : ''}`;

async function pickMinutes({ terminal, remark }: Asking, longest: number): Promise<number> {
  for (;;) {
    const answer = (await terminal.ask(`For how many minutes (1 to ${longest}): `)).trim();
    if (/^\d+$/.test(answer) && Number(answer) >= 1 && Number(answer) <= longest) return Number(answer);
    remark(`Give a number from 1 to ${longest}.`);
  }
}
