import type {
  AccessExpiredV1,
  AccessExtendedV1,
  AccessOpeningDueV1,
  AccessOverdueV1,
  AccessRevocationRefusedV1,
  AccessRevokedV1,
  AccessScheduledV1,
  AccessWindowOpenedV1,
  GrantStatus as ContractGrantStatus,
} from '@team/contracts';
import type { Fact } from './events.ts';
import type { GrantStatus } from './state.ts';

type DataOf<Type extends Fact['type']> = Extract<Fact, { readonly type: Type }>['data'];

/** The domain knows no contract, yet what it publishes is what the contracts say, and its statuses are those people see. */
export const published = {
  scheduled: (data: DataOf<'AccessScheduled.v1'>): AccessScheduledV1 => data,
  openingDue: (data: DataOf<'AccessOpeningDue.v1'>): AccessOpeningDueV1 => data,
  opened: (data: DataOf<'AccessWindowOpened.v1'>): AccessWindowOpenedV1 => data,
  expired: (data: DataOf<'AccessExpired.v1'>): AccessExpiredV1 => data,
  revoked: (data: DataOf<'AccessRevoked.v1'>): AccessRevokedV1 => data,
  refused: (data: DataOf<'AccessRevocationRefused.v1'>): AccessRevocationRefusedV1 => data,
  overdue: (data: DataOf<'AccessOverdue.v1'>): AccessOverdueV1 => data,
  extended: (data: DataOf<'AccessExtended.v1'>): AccessExtendedV1 => data,
  status: (status: GrantStatus): ContractGrantStatus => status,
  statusBack: (status: ContractGrantStatus): GrantStatus => status,
};
