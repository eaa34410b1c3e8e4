import { usualPlace } from '../cloud/place.ts';
import { misused } from '../failure.ts';
import type { PortalWork } from './portal-context.ts';

/** What the portal's API does not do, and where it can be done. */
interface Elsewhere {
  /** Without `npx team`: `audit rebuild`. */
  readonly command: string;
  /** What it works with that the API does not hand out. */
  readonly needs: string;
  /** How it is given with AWS credentials, where it can be. */
  readonly atAws?: string;
}

/** Says that a command is not for the portal, and how it is run; nothing is sent. Throws `Failure` (usage), so that no script takes it for an answer. */
export const notAtPortal =
  ({ command, needs, atAws }: Elsewhere): PortalWork =>
  async () => {
    const ways = [`in the local run: npx team --endpoint ${usualPlace.endpoint} ${command} …`, ...(atAws === undefined ? [] : [`with AWS credentials: npx team ${atAws} …`])];
    throw misused(`"team ${command}" is not for the portal at which you are signed in (ERR_NOT_AT_THE_PORTAL): it needs ${needs}. Run it\n${ways.map((way) => `  ${way}`).join('\n')}`);
  };
