export { composeApi } from './compose-api.ts';
export { composeDecide } from './compose-decide.ts';
export type { SignInConfig } from './compose-ground.ts';
export { composeInbox, type InboxHandlers } from './compose-inbox.ts';
export { composePolicies } from './compose-policies.ts';
export { composeSignIn } from './compose-sign-in.ts';
export { composeSurvey } from './compose-survey.ts';
export { doorPaths, front, type Doors } from './http/front.ts';
export { pageHeaders, webPages } from './http/web-pages.ts';
