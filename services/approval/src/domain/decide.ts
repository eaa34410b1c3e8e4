import { approve } from './approve.ts';
import { begin } from './begin.ts';
import type { Command } from './commands.ts';
import type { ApprovalEvent } from './events.ts';
import { accessOver } from './follow-up.ts';
import { judgeDecision } from './judge-decision.ts';
import { judgeReview } from './judge-review.ts';
import { judgeRevocation } from './judge-revocation.ts';
import { refuseDecision, refuseReview, refuseRevocation, wasAnswered } from './refusals.ts';
import type { State } from './state.ts';
import { whatIsDue } from './what-is-due.ts';

/** What happens when a command meets a request in approval at `now` (ms); nothing, where it has been met before. */
export function decide(state: State | undefined, command: Command, now: number): readonly ApprovalEvent[] {
  switch (command.type) {
    case 'begin':
      return begin(state, command, now);
    case 'judge-decision':
      return judgeDecision(state, command, now);
    case 'judge-revocation':
      return judgeRevocation(state, command, now);
    case 'judge-review':
      return judgeReview(state, command, now);
    case 'refuse-malformed-decision':
      return wasAnswered(state, command.digest) ? [] : refuseDecision(command, command.reasons, now);
    case 'refuse-malformed-revocation':
      return wasAnswered(state, command.digest) ? [] : refuseRevocation(command, command.reason, now, command.by);
    case 'refuse-malformed-review':
      return wasAnswered(state, command.digest) ? [] : refuseReview(command, command.reasons, now);
    case 'access-over':
      return state?.phase === 'approved' ? accessOver(state.requestId, state.review, command.grantId, now) : [];
    case 'approve':
      return approve(state, command);
    case 'due':
      return whatIsDue(state, now);
  }
}
