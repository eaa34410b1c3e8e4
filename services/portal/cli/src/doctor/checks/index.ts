import type { Check } from '../examination.ts';
import { busCheck } from './bus.ts';
import { functionsCheck } from './functions.ts';
import { identityCenterCheck } from './identity-center.ts';
import { keysCheck } from './keys.ts';
import { lifecyclesCheck } from './lifecycles.ts';
import { callerCheck, delegationCheck, organizationCheck } from './organization.ts';
import { grantableCheck, sessionsCheck } from './permission-sets.ts';
import { policiesCheck } from './policies.ts';
import { portalCheck } from './portal.ts';
import { queuesCheck } from './queues.ts';
import { standingAccessCheck } from './standing-access.ts';
import { clockCheck, quotasCheck } from './surroundings.ts';
import { backupsCheck, tablesCheck } from './tables.ts';

/** Everything that the doctor looks at, in this order. */
export const checks: readonly Check[] = [
  callerCheck,
  clockCheck,
  delegationCheck,
  organizationCheck,
  identityCenterCheck,
  quotasCheck,
  portalCheck,
  busCheck,
  queuesCheck,
  tablesCheck,
  backupsCheck,
  keysCheck,
  functionsCheck,
  lifecyclesCheck,
  policiesCheck,
  grantableCheck,
  sessionsCheck,
  standingAccessCheck,
];
