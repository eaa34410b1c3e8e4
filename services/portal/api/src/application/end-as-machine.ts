import { machineSource, type MachineClient } from '@team/contracts';
import type { End, Taken } from '../contract/index.ts';
import { putEnd } from './end.ts';
import { findOwnOf, requireCapability } from './machine.ts';
import type { IntentsAs, RequestViews } from './ports.ts';

/**
 * Takes back, or ends, what a machine asked for.
 *
 * @throws ERR_MACHINE_MAY_NOT, ERR_REQUEST_UNKNOWN, ERR_GRANT_UNKNOWN, ERR_CANCELLATION_PARTIAL, ERR_REQUEST_OVER
 */
export async function endAsMachine(requestId: string, asked: End, machine: MachineClient, { views, intentsAs }: { readonly views: RequestViews; readonly intentsAs: IntentsAs }): Promise<Taken> {
  requireCapability(machine, 'end');
  return putEnd(await findOwnOf(requestId, machine, views), asked, {}, intentsAs(machineSource(machine.name)));
}
