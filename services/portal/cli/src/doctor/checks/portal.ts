import type { Check } from '../examination.ts';
import { ok } from '../finding.ts';

/** Whether a portal is looked for, which a deployment may have. What it lacks is said by the checks of tables, queues and the like. */
export const portalCheck: Check = {
  name: 'portal',
  prerequisite: false,
  async run({ options, seenOfPortal }) {
    if (options.portal === true) return [ok(this.name, 'there must be one, as --portal says: everything of it is looked for')];
    const seen = await seenOfPortal();
    return [ok(this.name, seen === undefined ? 'there is none: nothing of one is seen; where there must be one, say so with --portal' : `there is one (${seen}): everything of it is looked for`)];
  },
};
