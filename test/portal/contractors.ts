/** A policy that widens access, as an administrator writes it. */
export const contractors = `kind: EligibilityPolicy
name: contractors-in-dev
principals: { groups: [Contractors] }
targets: { organizationalUnits: [Workloads/Dev] }
permissionSets: [ReadOnlyAccess]
maximumDurationMinutes: 45
approval: not-required
`;
