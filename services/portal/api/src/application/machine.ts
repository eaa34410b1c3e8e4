import { machineSource, type MachineCapability, type MachineClient } from '@team/contracts';
import type { RequestView, RequestViews } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Throws `ERR_MACHINE_MAY_NOT` unless it is registered for it. */
export function requireCapability({ name, capabilities = [] }: MachineClient, capability: MachineCapability): void {
  if (capabilities.includes(capability)) return;
  const may = capabilities.length === 0 ? 'nothing' : capabilities.join(', ');
  throw new Refusal('forbidden', 'ERR_MACHINE_MAY_NOT', `the program ${name} may not ${capability}; it is registered for ${may}. Ask whoever runs TEAM`);
}

/** Whether it asked for this. */
export const isOwnOf = ({ machine }: Pick<RequestView, 'machine'>, { name }: MachineClient): boolean => machine === machineSource(name);

/** A request that the machine asked for. Throws `ERR_REQUEST_UNKNOWN` for every other, whether there is one or not. */
export async function findOwnOf(requestId: string, machine: MachineClient, views: RequestViews): Promise<RequestView> {
  const view = await views.find(requestId);
  if (view !== undefined && isOwnOf(view, machine)) return view;
  throw new Refusal('unknown', 'ERR_REQUEST_UNKNOWN', `the program ${machine.name} asked for no request ${requestId}; one asked for a moment ago may take a few seconds`);
}
