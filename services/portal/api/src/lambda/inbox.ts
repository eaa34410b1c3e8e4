import { composeInbox } from '../compose-inbox.ts';
import { inboxPlatform } from './inbox-platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = composeInbox(inboxPlatform()).inbox;
