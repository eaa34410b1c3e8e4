/** Which deployment a command is for. */
export interface Target {
  /** What its names begin with; the bus has it as its name. */
  readonly prefix: string;
  /** Source under which intents are put on the bus: that of a registered emitter. */
  readonly source: string;
  /** The deployment in the account of the AWS credentials of this machine; absent: the local run. */
  readonly aws?: true;
}

/** Names that the local run gives to what this command uses. */
export const deployment = {
  /** Every queue's name begins so. */
  queuePrefix: 'team-',
  /** Access key id of whoever looks at things and redrives. */
  operator: 'operator',
  /**
   * The channel through which a person plays the local run by hand. It authenticates nobody, which is why it exists in the local run
   * only: `caller` is its access key id, `keyId` the KMS key that it signs decisions with.
   */
  channel: { caller: 'local-channel', source: 'team.local-channel', keyId: 'alias/team-local-channel' },
} as const;

/** The local run. */
export const localTarget: Target = { prefix: 'team', source: deployment.channel.source };
