import { fileURLToPath } from 'node:url';
import { loadOrganization } from '../../infra/local/src/identity/index.ts';
import { createWorld, type SeenEvent, type World, type WorldOptions } from '../../infra/local/src/play/world.ts';
import { loadPolicies } from '../../infra/local/src/policies/index.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../infra/local/fixtures/${path}`, import.meta.url));

export const organization = loadOrganization(fixture('organization.json'));
export const policies = loadPolicies(fixture('policies'), organization);

/** A world on the fixture organization, on a Monday morning. */
export function monday(options: Partial<WorldOptions> = {}): Promise<World> {
  return createWorld({ organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed: 7, ...options });
}

/** Codes of the reasons that an event gives. */
export function codesOf({ detail }: SeenEvent): string[] {
  const { reasons, reason } = detail.data;
  const given: unknown[] = Array.isArray(reasons) ? reasons : [reason];
  return given.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
}

/** Detail-types of a request's events without their major, in the order of the bus. */
export const typesOf = (events: readonly SeenEvent[]): string[] => events.map(({ detailType }) => detailType.replace(/\.v\d+$/, ''));

/** People and places of the fixture organization. */
export const wren = 'wren.kowalski@acme.example'; // Developers
export const emeka = 'emeka.eriksen@acme.example'; // Production Leads
export const hana = 'hana.bianchi@acme.example'; // SRE and Production Leads
export const prodPayments = '836423630756';
export const devPayments = '248972909258';
