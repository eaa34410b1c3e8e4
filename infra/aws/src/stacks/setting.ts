import type { StackProps } from 'aws-cdk-lib';
import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';

/** What every stack of a deployment is made from. */
export interface StackSetting {
  readonly environment: Environment;
  readonly names: Names;
  /** Account, Region, tags, and protection against deletion. */
  readonly stackProps: StackProps;
}
