/**
 * Where moto 5.2.1 does otherwise than AWS documents. It takes more than AWS does nearly everywhere, so it contradicts no belief; what
 * differs there and is not listed here is printed as broken.
 */
export const motoDifferences: ReadonlyMap<string, string> = new Map([
  ['dynamodb.index-key-type', 'does not check the types of index attributes'],
  ['dynamodb.expression-size', 'has no such limit'],
  ['dynamodb.expression-operators', 'has no such limit'],
  ['dynamodb.batch-of-25', 'takes one item twice'],
  ['sqs.redrive', 'does not say which queue a dead letter came from'],
  ['sqs.batch-partial-failure', 'answers SenderFault as a text'],
  ['fifo.deduplication', 'gives the twin a message id of its own'],
  ...['a-list-of', 'exists-false-matches', 'exists-true-matches', 'anything-but-matches-everything', 'or-matches-where', 'prefix-matches-the', 'several-members-must', 'invalid'].map(
    (id) => [`pattern.${id}`, 'answers TestEventPattern with nothing'] as const,
  ),
  ['eventbridge.entry-size', 'has no such limit'],
  ['eventbridge.delivery', 'delivers events without the account'],
  ['eventbridge.source-aws', 'takes every source'],
  ['kms.sign-digest', 'hashes a digest once more'],
  ['kms.raw-limit', 'has no such limit'],
  ['kms.digest-length', 'has no such limit'],
  ['organizations.unknown', 'says AccountNotFoundException of every child'],
  ['organizations.delegated-administrators', 'registers none by itself'],
  ['identity.deleted-user', 'answers for users who are gone'],
  ['sso.create-is-asynchronous', 'assigns at once'],
  ['sso.create-what-exists', 'lists an assignment twice'],
  ['sso.delete-is-asynchronous', 'takes away at once'],
  ['sso.delete-what-does-not-exist', 'succeeds whatever is deleted'],
  ['sso.one-operation-on-a-role', 'knows no conflicts'],
  ['sso.unknown-user', 'assigns to whomever is named'],
  ['sso.assignments-in-pages', 'lists an assignment twice, and then goes on without end'],
  ['sso.by-principal-from-management-only', 'knows no delegated administrator'],
  ['sso.session-duration', 'says how many seconds'],
  ['sso.session-duration-default', 'says how many seconds'],
]);
