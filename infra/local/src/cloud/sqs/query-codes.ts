const prefix = 'AWS.SimpleQueueService.';

/**
 * The codes of SQS errors in its older query protocol, where they differ from the JSON protocol's; clients of both exist.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
 */
export const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: `${prefix}NonExistentQueue`,
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: `${prefix}BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${prefix}BatchRequestTooLong`,
  EmptyBatchRequest: `${prefix}EmptyBatchRequest`,
  InvalidBatchEntryId: `${prefix}InvalidBatchEntryId`,
  MessageNotInflight: `${prefix}MessageNotInflight`,
  PurgeQueueInProgress: `${prefix}PurgeQueueInProgress`,
  TooManyEntriesInBatchRequest: `${prefix}TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${prefix}UnsupportedOperation`,
};
