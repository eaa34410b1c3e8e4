import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import type { Deployment } from './document.ts';

/** What `cdk bootstrap` makes in the account and Region, under the CDK's usual qualifier, which this app keeps. */
export interface Bootstrap {
  /** Role that CloudFormation makes resources as. */
  readonly executionRoleArn: string;
  /** Role that the CDK's command starts deployments as. */
  readonly deployRoleArn: string;
  /** Role that the CDK's command brings bundles as. */
  readonly publishingRoleArn: string;
  /** All roles of the bootstrap. */
  readonly roleArns: string;
  readonly assetBucketArn: string;
  /** Parameter with the bootstrap's version, which every template reads. */
  readonly versionParameterArn: string;
}

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html: names of what the bootstrap makes. */
export function bootstrapOf({ environment: { region, accounts }, names }: Deployment): Bootstrap {
  const begin = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}`;
  const end = `${accounts.team}-${region}`;
  const role = (name: string): string => `arn:aws:iam::${accounts.team}:role/${begin}-${name}-${end}`;
  return {
    executionRoleArn: role('cfn-exec-role'),
    deployRoleArn: role('deploy-role'),
    publishingRoleArn: role('file-publishing-role'),
    roleArns: `arn:aws:iam::${accounts.team}:role/cdk-*`,
    assetBucketArn: `arn:aws:s3:::${begin}-assets-${end}`,
    versionParameterArn: names.arn('ssm', `parameter/cdk-bootstrap/${DefaultStackSynthesizer.DEFAULT_QUALIFIER}/version`),
  };
}
