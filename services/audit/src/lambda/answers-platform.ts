import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults, documentClient, lambdaSurroundings } from '@team/runtime';
import type { AnswersPlatform } from '../compose-answers.ts';

/** Platform of the functions that answer, sign checkpoints and verify them. */
export function answersPlatform(): AnswersPlatform {
  return { clients: { documents: documentClient(), kms: new KMSClient(clientDefaults), s3: new S3Client(clientDefaults) }, ...lambdaSurroundings('audit') };
}
