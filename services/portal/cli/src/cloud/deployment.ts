/** Names that the local run gives to what this command uses. */
export const deployment = {
  busName: 'team',
  /** Every queue's name begins so. */
  queuePrefix: 'team-',
  /** The audit service's function that answers questions about the trail. */
  auditQuery: 'team-audit-query',
  /** Those that answer what policies there are, and explain them. */
  requestQuery: 'team-request-query',
  approvalQuery: 'team-approval-query',
  /** Access key id of whoever looks at things and redrives. */
  operator: 'operator',
  /**
   * The channel through which a person plays the local run by hand. It authenticates nobody, which is why it exists in the local run
   * only: `caller` is its access key id, `keyId` the KMS key that it signs decisions with.
   */
  channel: { caller: 'local-channel', source: 'team.local-channel', keyId: 'alias/team-local-channel' },
} as const;
