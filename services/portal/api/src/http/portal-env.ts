import type { MachineClient } from '@team/contracts';
import type { SignedIn } from '../application/ports.ts';

/** What the middleware of a call finds out for the routes. */
export interface PortalEnv {
  readonly Variables: {
    /** Set by `authenticate`, on every route but the public ones, unless a machine calls. */
    person: SignedIn;
    /** Set instead where a machine calls. Only guards that let machines by let it come to a route. */
    machine: MachineClient | undefined;
    /** Name of this call in the log, and in the problem that it is answered with. */
    instance: string;
  };
}
