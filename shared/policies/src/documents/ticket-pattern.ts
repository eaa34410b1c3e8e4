import { eligibilityPolicy } from '@team/contracts';
import safeRegex from 'safe-regex2';

/** Repetitions that one pattern may have, over all its alternatives. */
const repetitions = 8;
/**
 * Those of no fixed length that may stand one after the other. A ticket has 128 characters at most: three repetitions that compete for them
 * take some milliseconds, four half a second, five half a minute. What is only optional doubles the time, and so does a choice.
 */
const inARow = { repeated: 3, optional: 3 };

/**
 * What is wrong with a regular expression that tickets are held against; `undefined` where nothing is. It must be understood with
 * the `u` flag and without, and must not take long whatever it is held against: `safe-regex2` refuses repetitions within
 * repetitions, and we choices within repetitions (`(a|a)+`) and many repetitions in a row (`\\d*\\d*\\d*\\d*x`), which it lets pass.
 *
 * @example ticketPatternFault('(INC|CHG)\\d{7}') // undefined
 */
export function ticketPatternFault(pattern: string): string | undefined {
  for (const flags of ['', 'u']) {
    try {
      new RegExp(pattern, flags);
    } catch (error) {
      if (error instanceof SyntaxError) return `is no regular expression: ${error.message}`;
      throw error;
    }
  }
  if (/\\[1-9]|\\k</.test(pattern)) return 'refers back to a group, which can take very long; write it without';
  if (!safeRegex(pattern, { limit: repetitions })) return `can take very long: it repeats (*, +, ?, {}) within what is repeated or optional, or more than ${repetitions} times`;
  if (repeatsChoice(pattern)) return 'can take very long: it repeats a choice (a|b)';
  const { repeated, optional } = longestRow(pattern);
  if (repeated > inARow.repeated) return `can take very long: it repeats (*, +, {2,5}) more than ${inARow.repeated} times in a row; write {4} where the length is known`;
  return optional > inARow.optional ? `can take very long: it has more than ${inARow.optional} optional things (?) and choices (a|b) in a row` : undefined;
}

/** A step through a pattern: something escaped, a class of characters, a bracket with what follows it, or a choice. */
const steps = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\(|\)[*+{]?|\|/g;

function repeatsChoice(pattern: string): boolean {
  const choices: boolean[] = [false];
  for (const [step] of pattern.matchAll(steps)) {
    if (step === '(') choices.push(false);
    else if (step === '|') choices[choices.length - 1] = true;
    else if (step.startsWith(')')) {
      const within = choices.pop() ?? false;
      if (within && step.length > 1) return true;
      // What holds a choice within its brackets holds it for whoever repeats it from outside.
      if (within) choices[choices.length - 1] = true;
    }
  }
  return false;
}

interface Row {
  readonly repeated: number;
  readonly optional: number;
}
const nothing: Row = { repeated: 0, optional: 0 };

/** As `steps`, with how a group begins, and repetitions, greedy or not. */
const parts = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|\)|\||[*+]\??|\{\d+(?:,\d*)?\}\??|\?\??/g;

/** The most repetitions of no fixed length, and the most optional things and choices, that a text meets on its way through one alternative. */
function longestRow(pattern: string): Row {
  const most = (a: Row, b: Row): Row => ({ repeated: Math.max(a.repeated, b.repeated), optional: Math.max(a.optional, b.optional) });
  const groups: { best: Row; row: Row; choice?: true }[] = [{ best: nothing, row: nothing }];
  for (const [part] of pattern.matchAll(parts)) {
    const group = groups[groups.length - 1];
    if (group === undefined) break;
    const { repeated, optional } = group.row;
    if (part.startsWith('(')) groups.push({ best: nothing, row: nothing });
    else if (part === '|') Object.assign(group, { best: most(group.best, group.row), row: nothing, choice: true });
    else if (part === ')') {
      groups.pop();
      const outer = groups[groups.length - 1];
      const inner = most(group.best, group.row);
      if (outer !== undefined) outer.row = { repeated: outer.row.repeated + inner.repeated, optional: outer.row.optional + inner.optional + Number(group.choice === true) };
    } else if (part.startsWith('?')) group.row = { repeated, optional: optional + 1 };
    else if (/^[*+]|^\{.*,/.test(part)) group.row = { repeated: repeated + 1, optional };
  }
  const [whole] = groups;
  return whole === undefined ? nothing : most(whole.best, whole.row);
}

const pattern = eligibilityPolicy.shape.ticketPattern.unwrap();

export const ticketPattern = pattern.superRefine((given, context) => {
  const fault = ticketPatternFault(given);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});
