import { CloudFormationServiceException, DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** Whether a stack of this name has ever stood, as far as CloudFormation knows. */
export type HasStood = (stackName: string) => Promise<boolean>;

/** States of a stack of which nothing was ever wholly made: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const neverMade = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE']);

/**
 * Asks CloudFormation about stacks: false where there is none of a name, or where its first creation was taken back. Rejects where
 * CloudFormation does not say. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export function askCloudFormation(client: CloudFormationClient): HasStood {
  return async (StackName) => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      return Stacks.some(({ StackStatus }) => !neverMade.has(String(StackStatus)));
    } catch (thrown) {
      // It has no code of its own for this.
      const isAbsent = thrown instanceof CloudFormationServiceException && thrown.name === 'ValidationError' && /does not exist/.test(thrown.message);
      if (isAbsent) return false;
      throw thrown;
    }
  };
}
