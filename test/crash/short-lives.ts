import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The fixtures' policies, but deadlines of minutes: a run has to come to its end. Nobody is stopped by a cap. */
const ownFiles = {
  'limits.yaml': `kind: Limits
maximumDurationMinutes: 540
approvalDeadlineMinutes: 6
openRequestsPerUser: 100
startNoLaterThanDays: 30
justification: required
sessionLongerThanGrant: warn
administrators: { groups: [TEAM Admins] }
auditors: { groups: [TEAM Auditors] }
protectedAccounts: []
`,
  'approvers.yaml': `kind: ApproverPolicy
name: production-administrators
targets: { organizationalUnits: [Workloads/Prod] }
permissionSets: [AdministratorAccess]
stages:
  - approvers: { groups: [Production Leads] }
    quorum: 1
  - approvers: { groups: [Security Response] }
    quorum: 1
---
kind: ApproverPolicy
name: everything-else
targets: { organizationalUnits: [/] }
stages:
  - approvers: { groups: [SRE, Production Leads] }
    quorum: 1
`,
};

/** Writes the policies of a crash test into a folder: who may ask for what, and through which systems, is as in the fixtures. */
export function writePolicies(folder: string): void {
  cpSync(fileURLToPath(new URL('../../infra/local/fixtures/policies', import.meta.url)), folder, { recursive: true });
  for (const [name, text] of Object.entries(ownFiles)) writeFileSync(join(folder, name), text);
}
