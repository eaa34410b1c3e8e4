import type { JsonObject } from '../cloud/json.ts';
import { textIn, type Need, type ServiceReference } from './authorization.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html */
const tls = { 's3:TlsVersion': '1.3' };

const onObject = (input: JsonObject): Need[] => [{ resource: `arn:aws:s3:::${textIn(input, 'Bucket')}/${textIn(input, 'Key')}`, context: tls }];
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const onBucket = (input: JsonObject): Need[] => {
  const { Prefix } = input;
  return [{ action: 'ListBucket', resource: `arn:aws:s3:::${textIn(input, 'Bucket')}`, context: { ...tls, ...(typeof Prefix === 'string' && { 's3:prefix': Prefix }) } }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3: ServiceReference = { prefix: 's3', actions: { PutObject: onObject, GetObject: onObject, ListObjectsV2: onBucket } };
