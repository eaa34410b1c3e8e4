import { composeInbox } from '../compose-inbox.ts';
import { inboxPlatform } from './inbox-platform.ts';

/** Lambda entry of the function `rebuild`. */
export const handler = composeInbox(inboxPlatform()).rebuild;
