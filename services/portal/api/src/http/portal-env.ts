import type { SignedIn } from '../application/ports.ts';

/** What the middleware of a call finds out for the routes. */
export interface PortalEnv {
  readonly Variables: {
    /** Set by `authenticate`, on every route but the public ones. */
    person: SignedIn;
    /** Name of this call in the log, and in the problem that it is answered with. */
    instance: string;
  };
}
