import type { JsonObject } from '../cloud/json.ts';
import { textIn, type Need, type ServiceReference } from './authorization.ts';

const onObject = (input: JsonObject): Need[] => [{ resource: `arn:aws:s3:::${textIn(input, 'Bucket')}/${textIn(input, 'Key')}` }];
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const onBucket = (input: JsonObject): Need[] => {
  const { Prefix } = input;
  return [{ action: 'ListBucket', resource: `arn:aws:s3:::${textIn(input, 'Bucket')}`, ...(typeof Prefix === 'string' && { context: { 's3:prefix': Prefix } }) }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3: ServiceReference = { prefix: 's3', actions: { PutObject: onObject, GetObject: onObject, ListObjectsV2: onBucket } };
