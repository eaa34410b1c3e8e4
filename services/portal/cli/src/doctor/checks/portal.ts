import type { Check } from '../examination.ts';
import { ok } from '../finding.ts';

const sayOtherwise = 'where there must be one, say so with --portal';

/** Whether a portal is looked for, which a deployment may have. What it lacks is said by the checks of tables, queues and the like. */
export const portalCheck: Check = {
  name: 'portal',
  prerequisite: false,
  async run({ options, seenOfPortal }) {
    if (options.portal === true) return [ok(this.name, 'everything of it is looked for, as --portal says')];
    const seen = await seenOfPortal();
    if (seen === undefined) return [ok(this.name, `there is none: nothing of one is seen; ${sayOtherwise}`)];
    if (seen.onlyKept) return [ok(this.name, `there is none: no queue and no function of one is seen, only what may be left of one (${seen.what}); ${sayOtherwise}`)];
    return [ok(this.name, `there is one (${seen.what}): everything of it is looked for`)];
  },
};
