import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from '@team/runtime';
import type { AuditPlatform } from '../compose.ts';
import { recordingPlatform } from './platform.ts';

/** Platform of the functions that sign checkpoints or verify them. */
export function auditPlatform(): AuditPlatform {
  const { clients, ...rest } = recordingPlatform();
  return { clients: { ...clients, kms: new KMSClient(clientDefaults), s3: new S3Client(clientDefaults) }, ...rest };
}
