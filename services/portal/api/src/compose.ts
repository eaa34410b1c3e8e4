export { composeApi, composeDecide, composeSignIn, type DoorPlatform, type SignInConfig } from './compose-doors.ts';
export { composeInbox, type InboxHandlers } from './compose-inbox.ts';
export { doorPaths, front, type Doors } from './http/front.ts';
