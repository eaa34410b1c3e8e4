import { eligibilityPolicy } from '@team/contracts';
import safeRegex from 'safe-regex2';

/** Repetitions that one pattern may have. Each multiplies the time that the worst ticket takes, which has 128 characters at most. */
const repetitions = 8;

/**
 * What is wrong with a regular expression that tickets are held against; `undefined` where nothing is. It must be understood with
 * the `u` flag and without, and must not take time that grows exponentially with what it is held against: `safe-regex2` refuses
 * repetitions within repetitions, and we choices within repetitions, which it lets pass (`(a|a)+`).
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
  return undefined;
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

const pattern = eligibilityPolicy.shape.ticketPattern.unwrap();

export const ticketPattern = pattern.superRefine((given, context) => {
  const fault = ticketPatternFault(given);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});
