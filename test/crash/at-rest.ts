import { GetQueueAttributesCommand, paginateListQueues, SQSClient, type QueueAttributeName } from '@aws-sdk/client-sqs';
import { paginateListAccountAssignments, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Organization } from '../../infra/local/src/identity/index.ts';

/** The operator's view of a cloud over HTTP. */
export interface Operator {
  /** Messages in queues that are not dead-letter queues: visible, in flight or delayed. */
  working(): Promise<number>;
  deadLetters(): Promise<number>;
  /** Every assignment of these permission sets in these accounts, as `account permissionSetArn principal`. */
  assignments(organization: Organization): Promise<ReadonlySet<string>>;
}

const counts: QueueAttributeName[] = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'];

export function createOperator(endpoint: string): Operator {
  const config = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  const sqs = new SQSClient(config);
  const ssoAdmin = new SSOAdminClient(config);

  async function held(which: (name: string) => boolean): Promise<number> {
    let sum = 0;
    for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, { MaxResults: 1_000 })) {
      for (const QueueUrl of QueueUrls.filter(which)) {
        const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: counts }));
        sum += counts.reduce((total, name) => total + Number(Attributes[name]), 0);
      }
    }
    return sum;
  }

  return {
    working: () => held((url) => !isDeadLetterQueue(url)),
    deadLetters: () => held(isDeadLetterQueue),
    async assignments({ InstanceArn, Accounts, PermissionSets }) {
      const found = new Set<string>();
      for (const { Id: AccountId } of Accounts) {
        for (const { PermissionSetArn } of PermissionSets) {
          for await (const page of paginateListAccountAssignments({ client: ssoAdmin }, { InstanceArn, AccountId, PermissionSetArn })) {
            for (const { PrincipalId } of page.AccountAssignments ?? []) found.add(`${AccountId} ${PermissionSetArn} ${PrincipalId}`);
          }
        }
      }
      return found;
    },
  };
}

/** The assignments that were made by hand before anybody installed anything, in the same words. */
export const madeByHand = ({ AccountAssignments }: Organization): ReadonlySet<string> =>
  new Set(AccountAssignments.map(({ AccountId, PermissionSetArn, PrincipalId }) => `${AccountId} ${PermissionSetArn} ${PrincipalId}`));

const isDeadLetterQueue = (url: string): boolean => /-dlq(\.fifo)?$/.test(url);
