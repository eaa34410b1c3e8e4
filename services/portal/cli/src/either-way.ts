import type { Command } from 'commander';
import type { Work } from './context.ts';
import type { PortalWork } from './signed-in/portal-context.ts';

/** The same command at both places. */
interface BothWays {
  readonly atPortal: PortalWork;
  readonly atLocalRun: Work;
}

/**
 * Runs a command that is there for both: at the local run where `--as` or an endpoint says so, else at the portal for who is signed in
 * there, else at the local run.
 */
export type PerformEitherWay = (command: Command, ways: BothWays) => Promise<void>;
