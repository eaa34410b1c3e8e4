import type { Answer, AssignmentDirectory, CallAnswer, OperationList } from '../src/application/ports.ts';
import { assignmentKey, type AssignmentId, type Operation } from '../src/domain/assignment.ts';

interface Underway {
  readonly id: string;
  readonly kind: Operation['kind'];
  readonly key: string;
  readonly finishAt: number;
  readonly failure?: string;
  status: 'in-progress' | 'succeeded' | 'failed';
}

export type Method = keyof (AssignmentDirectory & OperationList);

/**
 * What happens to the next call of a method, instead of the usual. `lost`: AWS does it, and the caller never hears. `late`: nor does AWS
 * show anything of it, until it is done so many ms later.
 */
export type Fate =
  | { readonly kind: 'refused'; readonly refusal: 'busy' | 'missing' | 'impossible'; readonly throttled?: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'down' }
  | { readonly kind: 'fails'; readonly reason: string };

export interface ScriptedIdentityCenter extends AssignmentDirectory, OperationList {
  readonly present: Set<string>;
  /** What it was asked to change, in order: `create <key>`, `delete <key>`. */
  readonly changes: string[];
  /** Operations under way at once for one assignment beyond the first, and beyond ten over all: there must be none. */
  readonly violations: string[];
  readonly calls: { at: number; method: Method }[];
  next(method: Method, ...fates: Fate[]): void;
  outage(untilMs: number): void;
  underWay(): number;
}

/** Identity Center as far as assignments go: asynchronous, one clock, each call's fate scripted. */
export function scriptedIdentityCenter(clock: () => number, latencyMs = 2_500): ScriptedIdentityCenter {
  const present = new Set<string>();
  const operations = new Map<string, Underway>();
  const changes: string[] = [];
  const violations: string[] = [];
  const calls: { at: number; method: Method }[] = [];
  const fates = new Map<Method, Fate[]>();
  /** Creations still to land. */
  let late: { key: string; at: number }[] = [];
  let downUntil = 0;

  const finishDue = (): void => {
    for (const { key } of late.filter(({ at }) => at <= clock())) present.add(key);
    late = late.filter(({ at }) => at > clock());
    for (const operation of operations.values()) {
      if (operation.status !== 'in-progress' || operation.finishAt > clock()) continue;
      const exists = present.has(operation.key);
      operation.status = operation.failure !== undefined || (operation.kind === 'delete' && !exists) ? 'failed' : 'succeeded';
      if (operation.status === 'failed') continue;
      if (operation.kind === 'create') present.add(operation.key);
      else present.delete(operation.key);
    }
  };
  const open = (): Underway[] => [...operations.values()].filter(({ status }) => status === 'in-progress');
  const fateOf = (method: Method): Fate | undefined => {
    calls.push({ at: clock(), method });
    finishDue();
    return clock() < downUntil ? { kind: 'down' } : fates.get(method)?.shift();
  };
  const reason = (message: string) => ({ code: 'ERR_IDENTITY_CENTER_SCRIPTED' as const, message });

  const change = async (method: 'create' | 'remove', kind: Operation['kind'], assignment: AssignmentId): Promise<CallAnswer> => {
    const key = assignmentKey(assignment);
    const fate = fateOf(method);
    if (fate?.kind === 'refused') return { kind: 'refused', refusal: fate.refusal, throttled: fate.throttled ?? false, reason: reason(fate.refusal) };
    if (fate?.kind === 'down') return { kind: 'unclear', reason: reason('down') };
    changes.push(`${kind} ${key}`);
    if (fate?.kind === 'late') {
      late.push({ key, at: clock() + fate.ms });
      return { kind: 'unclear', reason: reason('late') };
    }
    if (open().some((operation) => operation.key === key)) violations.push(`${kind} while another operation is under way: ${key}`);
    if (open().length >= 10) violations.push('more than ten operations under way');
    const id = `aws-${operations.size + 1}`;
    const failure = fate?.kind === 'fails' ? { failure: fate.reason } : {};
    operations.set(id, { id, kind, key, finishAt: clock() + latencyMs, status: 'in-progress', ...failure });
    return fate?.kind === 'lost' ? { kind: 'unclear', reason: reason('lost') } : { kind: 'accepted', awsRequestId: id };
  };
  const ask = async <T>(method: Method, value: () => T): Promise<Answer<T>> => {
    const fate = fateOf(method);
    if (fate === undefined) return { answered: true, value: value() };
    return { answered: false, down: fate.kind !== 'refused' || fate.throttled === true, reason: reason(fate.kind) };
  };

  return {
    present,
    changes,
    violations,
    calls,
    next: (method, ...given) => void fates.set(method, [...(fates.get(method) ?? []), ...given]),
    outage: (untilMs) => void (downUntil = untilMs),
    underWay: () => open().length,
    create: (assignment) => change('create', 'create', assignment),
    remove: (assignment) => change('remove', 'delete', assignment),
    statusOf: (_kind, id) =>
      ask('statusOf', () => {
        const operation = operations.get(id);
        if (operation === undefined) return { status: 'forgotten' };
        return operation.status === 'failed' ? { status: 'failed', reason: reason(operation.failure ?? 'not there') } : { status: operation.status };
      }),
    inProgress: (kind) => ask('inProgress', () => new Set(open().flatMap((operation) => (operation.kind === kind ? [operation.id] : [])))),
    findInProgress: (kind, assignment) =>
      ask('findInProgress', () => open().find((operation) => operation.kind === kind && operation.key === assignmentKey(assignment))?.id),
    isPresent: (assignment) => ask('isPresent', () => present.has(assignmentKey(assignment))),
    sessionMinutes: () => ask('sessionMinutes', () => 60),
  };
}
