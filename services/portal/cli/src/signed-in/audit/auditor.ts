import type { Auditor } from '../../auditor.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** Who is signed in, as they ask about requests. The portal answers auditors and administrators alone. */
export async function auditorAtPortal(context: PortalContext): Promise<Auditor> {
  const { say, remark, roomForMore, signal } = context;
  const portal = await signedIn(context);
  return {
    ...{ say, remark, signal },
    ...(roomForMore === undefined ? {} : { roomForMore }),
    describe: async () => ({ now: Date.parse((await portal.me()).now) }),
    ask: (question) => portal.askAudit(question),
  };
}
