import path from 'node:path';
import * as z from 'zod';
import type { Stack } from '../aws/stacks.ts';
import { resourcesOf } from './templates.ts';

/** A function as its template deploys it. */
export interface DeployedFunction {
  readonly name: string;
  readonly handler: string;
  /** Folder of the asset that would be uploaded. */
  readonly code: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Everything that the deployment sets in its environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A queue that Lambda reads for a function. */
export interface DeployedTrigger {
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
}

const lambda = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  Timeout: z.number(),
  MemorySize: z.number(),
  Code: z.object({ S3Key: z.string().regex(/^[0-9a-f]{64}\.zip$/) }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
const mapping = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z.int(),
  FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
});
const rule = z.object({ ScheduleExpression: z.string(), Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })) });

/** Every function of the templates in `folder`, with the asset that is its code. */
export function deployedFunctions(stacks: readonly Stack[], folder: string): DeployedFunction[] {
  return resourcesOf(stacks, 'AWS::Lambda::Function', 'FunctionName', lambda).map(({ FunctionName, Handler, Timeout, MemorySize, Code, Environment }) => ({
    name: FunctionName,
    handler: Handler,
    code: path.join(folder, `asset.${path.basename(Code.S3Key, '.zip')}`),
    timeoutMs: Timeout * 1000,
    memoryMb: MemorySize,
    variables: Environment.Variables,
  }));
}

export function deployedTriggers(stacks: readonly Stack[]): DeployedTrigger[] {
  return resourcesOf(stacks, 'AWS::Lambda::EventSourceMapping', 'FunctionName', mapping).map(({ FunctionName, EventSourceArn, BatchSize }) => ({
    functionName: FunctionName,
    queueArn: EventSourceArn,
    batchSize: BatchSize,
  }));
}

/** Functions that run every minute, each with what it is given. Throws for any other schedule. */
export function everyMinute(stacks: readonly Stack[]): { readonly functionName: string; readonly input: unknown }[] {
  return resourcesOf(stacks, 'AWS::Events::Rule', 'ScheduleExpression', rule).flatMap(({ ScheduleExpression, Targets }) => {
    if (ScheduleExpression !== 'rate(1 minute)') throw new RangeError(`this test keeps no schedule "${ScheduleExpression}"`);
    return Targets.map(({ Arn, Input = '{}' }) => ({ functionName: Arn.split(':').at(-1) ?? '', input: JSON.parse(Input) as unknown }));
  });
}
