import { fileURLToPath } from 'node:url';
import { loadOrganization } from '../../infra/local/src/identity/index.ts';
import { loadPolicies } from '../../infra/local/src/policies/index.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../infra/local/fixtures/${path}`, import.meta.url));

/** The organization and the policies that every journey begins with. */
export const organization = loadOrganization(fixture('organization.json'));
export const policies = loadPolicies(fixture('policies'), organization);

/** People and places of the fixture organization. */
export const wren = 'wren.kowalski@acme.example'; // Developers
export const emeka = 'emeka.eriksen@acme.example'; // Production Leads
export const hana = 'hana.bianchi@acme.example'; // SRE and Production Leads
export const prodPayments = '836423630756';
export const devPayments = '248972909258';
