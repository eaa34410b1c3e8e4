export { composeApi, composeDecide, composeSignIn, type Door, type DoorPlatform, type SignInConfig } from './compose-doors.ts';
export { composeInbox, type InboxHandlers } from './compose-inbox.ts';
