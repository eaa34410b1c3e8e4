import * as z from 'zod';

export const secretArn = z
  .string()
  .regex(/^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]{1,512}$/, 'a secret of Secrets Manager is named by its whole ARN: arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>');
export const keyArn = z.string().regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'a key is named by its ARN: arn:aws:kms:<region>:<account>:key/<id>');
export const https = z.url({ protocol: /^https$/, error: 'an address begins with https://' }).max(2_048);
