export { composeInbox } from './compose-inbox.ts';
