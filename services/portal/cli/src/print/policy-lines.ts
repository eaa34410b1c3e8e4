import type { PolicyKind, StandingPolicy } from '../../../api/src/contract/index.ts';
import type { Output } from '../context.ts';
import { exitCodes, misused, refused, type ExitCode } from '../failure.ts';
import { printable } from './printable.ts';

/** A policy in force, wherever it is told. */
export type ToldPolicy = Pick<StandingPolicy, 'kind' | 'id' | 'version' | 'text'> & { readonly policy: object };

/** How one policy is told, and of which kind it is where several have its name. */
export interface PolicyForm {
  readonly kind?: PolicyKind;
  readonly json?: true;
}

/** Says which policies are in force, by kind and name. */
export function sayPolicies({ say, remark }: Output, policies: readonly ToldPolicy[], json: true | undefined): ExitCode {
  const sorted = policies.toSorted((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
  if (json === true) say(JSON.stringify(sorted, undefined, 2));
  else if (sorted.length === 0) remark('There are none.');
  else for (const { kind, id, version } of sorted) say(printable(`${kind.padEnd(17)}  ${id}  (version ${version})`));
  return exitCodes.ok;
}

/** Says what one of them is. Throws `Failure`: refused where there is none of that name, usage where it is that of several. */
export function sayPolicy({ say }: Output, policies: readonly ToldPolicy[], name: string, { kind, json }: PolicyForm): ExitCode {
  const [one, ...others] = policies.filter((policy) => policy.id === name && (kind === undefined || policy.kind === kind));
  if (one === undefined) throw refused(printable(`no ${kind ?? 'policy'} "${name}" is in force: npx team policies list names them`));
  if (others.length > 0) throw misused(printable(`"${name}" is the name of several: say --kind ${[one, ...others].map((policy) => policy.kind).join(' or ')}`));
  if (json === true) say(JSON.stringify(one, undefined, 2));
  else for (const line of one.text.trimEnd().split('\n')) say(printable(line));
  return exitCodes.ok;
}
