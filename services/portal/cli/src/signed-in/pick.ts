import type { Askable } from '../../../api/src/contract/index.ts';
import { refused } from '../failure.ts';
import { targetText } from '../print/outcome-lines.ts';
import { printable } from '../print/printable.ts';
import type { Portal } from './portal.ts';
import type { Terminal } from './portal-context.ts';

/** What somebody wants to ask for. */
export interface Picked {
  readonly targets: readonly Askable[];
  readonly minutes: number;
  readonly why: string | undefined;
}

interface Asking {
  readonly terminal: Terminal;
  readonly remark: (text: string) => void;
  readonly portal: Portal;
}

/** As many as fit a small terminal. */
const mostShown = 20;

/** Asks the person for what they did not say by options. */
export async function pick(asking: Asking, said: { readonly targets: readonly Askable[]; readonly minutes: number | undefined; readonly why: string | undefined }): Promise<Picked> {
  const targets = said.targets.length > 0 ? said.targets : await pickTargets(asking);
  const longest = Math.min(...targets.map(({ maximumMinutes }) => maximumMinutes));
  const minutes = said.minutes ?? (await pickMinutes(asking, longest));
  const why = said.why ?? (await asking.terminal.ask('Why, for those who approve (empty: no reason): ')).trim();
  return { targets, minutes, why: why === '' ? undefined : why };
}

async function pickTargets({ terminal, remark, portal }: Asking): Promise<readonly Askable[]> {
  for (let search = (await terminal.ask('Account or permission set, or a part of either (empty: all): ')).trim(); ; ) {
    const { items, next } = await portal.askable({ ...(search === '' ? {} : { search: search.slice(0, 128) }), limit: mostShown });
    if (items.length === 0 && search === '') throw refused('there is nothing that you may ask for');
    items.forEach((item, place) => remark(`${String(place + 1).padStart(3)}  ${targetText(item)}${remarksOn(item)}`));
    if (next !== undefined) remark('     … and more: other words find them');
    if (items.length === 0) remark(`Nothing that you may ask for has "${printable(search)}".`);
    const answer = (await terminal.ask('Which: numbers, or other words: ')).trim();
    const chosen = chosenIn(answer, items);
    if (chosen.length > 0) return chosen;
    if (isListOfNumbers(answer)) remark(`Give numbers from 1 to ${items.length}.`);
    else search = answer;
  }
}

/** The items of these numbers; none where one of them is no number of an item. */
function chosenIn(answer: string, items: readonly Askable[]): readonly Askable[] {
  const words = answer.split(/[\s,]+/).filter((word) => word !== '');
  const chosen = [...new Set(words)].flatMap((word) => (/^\d{1,2}$/.test(word) ? (items[Number(word) - 1] ?? []) : []));
  return chosen.length === new Set(words).size ? chosen : [];
}

/** Numbers of this list have two digits at most: what is longer is an account, or a part of one. */
const isListOfNumbers = (answer: string): boolean => /^(?:\d{1,2}[\s,]*)+$/.test(answer) && !/\d{3}/.test(answer);

const remarksOn = ({ maximumMinutes, approvalRequired }: Askable): string => `  at most ${maximumMinutes} minutes${approvalRequired ? ', somebody approves' : ''}`;

async function pickMinutes({ terminal, remark }: Asking, longest: number): Promise<number> {
  for (;;) {
    const answer = (await terminal.ask(`For how many minutes (1 to ${longest}): `)).trim();
    if (/^\d+$/.test(answer) && Number(answer) >= 1 && Number(answer) <= longest) return Number(answer);
    remark(`Give a number from 1 to ${longest}.`);
  }
}
