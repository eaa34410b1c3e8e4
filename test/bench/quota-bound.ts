import type { Operation } from '../../infra/local/src/identity/assignment-operations.ts';

/** What Identity Center allows an organization: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
export const outstandingOperations = 10;
/** Calls a second that the dispatcher takes for itself, of the 20 that all callers of an organization share. */
export const callsPerSecond = 15;
/** Calls without which none is done: a look, the change and the answer; a removal needs no look. */
const fewestCalls = { creation: 3, deletion: 2 } as const;

export interface Bound {
  readonly ms: number;
  /** Which quota sets it. */
  readonly by: string;
}

/** The shortest time in which these operations can be done at all, as long as each took: a perfect dispatcher without any delay of its own. */
export function quotaBound(operations: readonly Operation[]): Bound {
  const took = ({ createdAt, dueAt }: Operation): number => dueAt - createdAt;
  const perRole = new Map<string, number>();
  for (const operation of operations) {
    const role = `${operation.assignment.AccountId} ${operation.assignment.PermissionSetArn}`;
    perRole.set(role, (perRole.get(role) ?? 0) + took(operation));
  }
  const bounds: Bound[] = [
    { ms: operations.reduce((sum, operation) => sum + took(operation), 0) / outstandingOperations, by: `${outstandingOperations} outstanding operations` },
    { ms: Math.max(0, ...perRole.values()), by: 'the longest path through one role' },
    {
      ms: (operations.reduce((sum, { kind }) => sum + fewestCalls[kind], 0) * 1000) / callsPerSecond,
      by: `${callsPerSecond} calls a second`,
    },
  ];
  return bounds.reduce((most, bound) => (bound.ms > most.ms ? bound : most));
}
