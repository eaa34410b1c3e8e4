import type { ArchiveFindings } from '@team/trail';
import type { Verification } from '../../../api/src/contract/index.ts';
import type { Output } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { counted, printable } from './printable.ts';

/** Says what verifying found, and how the command ends with that. */
export function sayVerification({ say }: Pick<Output, 'say'>, found: Verification, { json }: { readonly json?: true }): ExitCode {
  if (json === true) say(JSON.stringify(found, undefined, 2));
  else for (const line of verificationLines(found)) say(line);
  return found.problems.length + found.omitted === 0 ? exitCodes.ok : exitCodes.refused;
}

/** What verifying found, for people. */
export function verificationLines({ checkpoints, chains, records, waiting, problems, omitted }: Verification): string[] {
  const found = problems.length + omitted;
  const looked = `${counted(records, 'record')} in ${counted(chains, 'chain')}, ${counted(checkpoints, 'checkpoint')}`;
  return [
    found === 0 ? `The audit trail is whole: ${looked}.` : `The audit trail has ${counted(found, 'problem')}: looked at ${looked}.`,
    ...(waiting === 0 ? [] : [`${counted(waiting, 'record')} came a moment ago and ${waiting === 1 ? 'is' : 'are'} not in a chain yet.`]),
    ...problemLines({ problems, omitted }),
  ].map(printable);
}

/** What verifying an archive found, for people. */
export function archiveLines({ checkpoints, chains, records, problems, omitted, hours }: ArchiveFindings): string[] {
  const found = problems.length + omitted;
  const looked = `${counted(records, 'record')} in ${counted(chains, 'chain')}, ${counted(checkpoints, 'checkpoint')}`;
  return [
    found === 0 ? `The archive is whole: ${looked}.` : `The archive has ${counted(found, 'problem')}: looked at ${looked}.`,
    ...(hours === undefined ? [] : [`It begins with the hour ${hours.first} and ends with ${hours.last} (UTC); it says nothing of what came after.`]),
    ...problemLines({ problems, omitted }),
  ].map(printable);
}

interface Found {
  readonly problems: readonly { readonly chain: string; readonly seq?: number | undefined; readonly kind: string; readonly message: string }[];
  readonly omitted: number;
}

const problemLines = ({ problems, omitted }: Found): string[] => [
  ...problems.map(({ chain, seq, kind, message }) => `  ${kind}  ${chain}${seq === undefined ? '' : ` at ${seq}`}: ${message}`),
  ...(omitted === 0 ? [] : [`  and ${counted(omitted, 'more problem')}`]),
];
