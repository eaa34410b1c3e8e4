import { unionOf } from './people.ts';
import type { PolicyProgress } from './progress.ts';

const minuteMs = 60_000;

/** When more people are asked for the stage that is open (ms); `undefined` where nobody is. */
export function escalatesAt({ stages, open, openedAt }: PolicyProgress): number | undefined {
  const escalation = stages[open]?.escalation;
  return escalation === undefined ? undefined : openedAt + escalation.afterMinutes * minuteMs;
}

/** Chains whose open stage has waited so long that more people are asked. */
export function chainsToEscalate(policies: readonly PolicyProgress[], now: number): readonly string[] {
  return policies.filter((policy) => (escalatesAt(policy) ?? Infinity) <= now).map(({ chain }) => chain);
}

/** Makes those whom the open stage of these chains is escalated to its approvers, beside those who were asked before. */
export function escalate(policies: readonly PolicyProgress[], chains: readonly string[]): readonly PolicyProgress[] {
  return policies.map((policy) => {
    if (!chains.includes(policy.chain)) return policy;
    const stages = policy.stages.map((stage, i) => {
      if (i !== policy.open || stage.escalation === undefined) return stage;
      const { escalation, ...asked } = stage;
      return { ...asked, approvers: unionOf([stage.approvers, escalation.to]) };
    });
    return { ...policy, stages };
  });
}
