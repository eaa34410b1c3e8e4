export type { Authorization, Context, Ground, ServiceReference } from './authorization.ts';
export { authorizationsOf, serviceReferences } from './authorizations.ts';
export { authorizeBy, type Allows } from './authorize-by.ts';
