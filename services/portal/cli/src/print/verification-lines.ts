import type { Verification } from '../cloud/audit-trail.ts';
import { counted, printable } from './printable.ts';

/** What verifying found, for people. */
export function verificationLines({ chains, records, waiting, problems, omitted }: Verification): string[] {
  const found = problems.length + omitted;
  const looked = `${counted(records, 'record')} in ${counted(chains, 'chain')}`;
  return [
    found === 0 ? `The audit trail is whole: ${looked}.` : `The audit trail has ${counted(found, 'problem')}: looked at ${looked}.`,
    ...(waiting === 0 ? [] : [`${counted(waiting, 'record')} came a moment ago and ${waiting === 1 ? 'is' : 'are'} not in a chain yet.`]),
    ...problems.map(({ chain, seq, kind, message }) => `  ${kind}  ${chain}${seq === undefined ? '' : ` at ${seq}`}: ${message}`),
    ...(omitted === 0 ? [] : [`  and ${counted(omitted, 'more problem')}`]),
  ].map(printable);
}
