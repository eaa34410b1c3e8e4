/** What people ask access for, and what they are told, in their own words. */
export const occasions = {
  'develop': [
    'try the new checkout flow against the dev queue',
    'load last month’s test orders into the dev database',
    'find out why the nightly build of the search index stops half-way',
    'try a smaller instance type for the import workers',
    'clean up the stacks that the workshop left behind',
    'replay yesterday’s webhooks against the new parser',
    'turn on tracing for the basket service',
    'try the migration of the customer table before the review',
  ],
  'read-production': [
    'look at a slow query on the orders table',
    'follow a customer’s refund through the logs',
    'compare the error rate before and after the release',
    'check how full the invoice bucket is before we archive',
    'find the alarm that nobody can silence from here',
    'read the retry settings of the payment queue',
    'see which hosts still use the old certificate',
    'check the search latency that support reports from Spain',
    'collect numbers for the capacity review on Thursday',
  ],
  'operate': [
    'raise the connection limit of the orders database',
    'roll back the search indexer to the release before',
    'move the import workers to the new subnet',
    'drain and replace the host that drops packets',
    'restart the queue consumer that does not scale down',
    'add the disk that the index needs until Friday',
    'switch the feed of the exchange rates to the second provider',
    'apply the engine patch that security asks for',
  ],
  'administer': [
    'replace the certificate of the payment gateway, which ends on Sunday',
    'take the old deployment role away from the former vendor',
    'repair the trust policy that keeps the backup from running',
    'raise a service quota, which takes the account’s own administrator',
  ],
  'test': [
    'prepare the data for the load test on Monday',
    'see why the acceptance tests fail since the upgrade',
    'set the test environment back to the release of last week',
    'measure the new cache with ten times the traffic',
  ],
  'secure': [
    'look into a key that was found in a public repository',
    'read the flow logs around the port scan of last night',
    'collect evidence for the quarterly review of access',
  ],
  'break glass': [
    'payments fail for everybody and the on-call lead is on a plane',
    'an unknown role reads the customer bucket, now',
    'the search cluster is red and nobody who may approve answers',
    'the deployment role is locked out of production in the middle of a release',
  ],
  'analyse': ['train the ranking model on the test clicks', 'compare two exports of the anonymised orders', 'check the sample that the dashboard draws from'],
} as const;
export type Occasion = keyof typeof occasions;

export const refusals = [
  'the replica in test has the same data, please use that',
  'not during the freeze; ask again on Monday',
  'the ticket is about another account',
  'reading is enough for this; ask for ReadOnlyAccess',
  'two hours is long for one query; ask for thirty minutes',
] as const;

export const consents = ['go ahead', 'fine, please tell the channel when you are done', 'as discussed this morning', 'looks right; end it when you are done'] as const;

export const endings = ['done', 'done earlier than thought', 'the fix is out', 'not needed any more'] as const;

export const withdrawals = ['found it in the dashboard', 'asked for the wrong account', 'somebody else is on it'] as const;
