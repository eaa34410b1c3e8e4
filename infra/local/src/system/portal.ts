import { composeInbox } from '@team/portal/compose';
import type { Handlers } from './handlers.ts';
import type { Place } from './place.ts';

/** The functions of the portal that make its read model. */
export const portalHandlers = ({ platform }: Place): Handlers => ({ ...composeInbox(platform) });
