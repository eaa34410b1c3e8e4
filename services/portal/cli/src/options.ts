import { InvalidArgumentError } from 'commander';
import { misused } from './failure.ts';
import { printable } from './print/printable.ts';

/** An option that counts something. */
export function numberFrom1(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** An option that is a whole number within bounds. */
export const wholeNumber = (least: number, most: number) => (text: string): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
};

/** So many requests are shown to people who ask for no other number; what goes into a file is everything. */
export const shownToPeople = 50;

/** An option that can be given several times. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** What asking for access can be told with, whoever asks. */
export interface AskingOptions {
  readonly account?: string;
  readonly permissionSet?: string;
  readonly target?: readonly string[];
  readonly minutes?: number;
  readonly why?: string;
  readonly start?: string;
  readonly ticket?: string;
  readonly breakGlass?: true;
  readonly extends?: string;
  readonly wait?: true;
}

/** A permission set in an account as a person names both: by name or id. */
export interface NamedTarget {
  readonly account: string;
  readonly permissionSet: string;
}

/** The targets that options name; none where they name none. Throws `Failure` (usage) for half of one. */
export function targetsNamed({ account, permissionSet, target = [] }: Pick<AskingOptions, 'account' | 'permissionSet' | 'target'>): readonly NamedTarget[] {
  if ((account === undefined) !== (permissionSet === undefined)) throw misused('--account and --permission-set belong together');
  const several = target.map((text) => {
    // An ARN has a slash of its own: the first one is ours.
    const [, account, permissionSet] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
    if (account === undefined || permissionSet === undefined) throw misused(`--target ${printable(text)}: give ACCOUNT/PERMISSION-SET`);
    return { account, permissionSet };
  });
  return [...(account === undefined || permissionSet === undefined ? [] : [{ account, permissionSet }]), ...several];
}
