import { approvalBugs } from './approval.ts';
import { auditBugs } from './audit.ts';
import type { Bug } from './bug.ts';
import { expiryBugs } from './expiry.ts';
import { kernelBugs } from './kernel.ts';
import { assignmentBugs } from './assignments.ts';
import { evidenceBugs } from './evidence.ts';
import { requestBugs } from './request.ts';

/** Every mistake that is planted, one at a time. */
export const bugs: readonly Bug[] = [...kernelBugs, ...requestBugs, ...approvalBugs, ...expiryBugs, ...evidenceBugs, ...assignmentBugs, ...auditBugs];

/** Throws where none is called so. */
export function bugNamed(name: string): Bug {
  const found = bugs.find((bug) => bug.name === name);
  if (found === undefined) throw new RangeError(`no planted mistake is called "${name}"`);
  return found;
}
