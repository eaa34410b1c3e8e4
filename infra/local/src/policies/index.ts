import { loadPolicies as loadNamed, organizationNames, type LoadedPolicies } from '@team/policies';
import type { Organization } from '../identity/index.ts';

export type { LoadedPolicies } from '@team/policies';

/**
 * All policies of a folder, with the ids of an organization that stands in a file.
 * Throws `FileProblemsError` with every problem of every file; then nothing was loaded.
 *
 * @example loadPolicies('fixtures/policies', loadOrganization('fixtures/organization.json')).limits.openRequestsPerUser
 */
export const loadPolicies = (folder: string, organization: Organization): LoadedPolicies => loadNamed(folder, organizationNames(organization));
