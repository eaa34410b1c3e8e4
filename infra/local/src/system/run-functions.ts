import type { FunctionManifest, ServiceManifest } from '@team/runtime';
import { AwsError } from '../cloud/aws-error.ts';
import { createCron } from '../cloud/time/cron.ts';
import { eventSourceMapping, invoke, scheduledFunction, type EventSourceMapping } from '../lambda/index.ts';
import type { AnyFunction, Handlers, SqsFunction } from './handlers.ts';
import type { SystemOptions } from './options.ts';
import { queueNames } from './provision.ts';
import type { StandIns } from './stand-ins.ts';
import { functionNameOf } from './who.ts';

export interface RunningFunctions {
  /** Invokes a function directly, as `lambda:Invoke` does. Rejects with `ResourceNotFoundException` for one that is not invoked so. */
  invokeDirectly(functionName: string, event: unknown): Promise<unknown>;
  stop(): void;
  drained(): Promise<void>;
}

/**
 * Standard queues are read by so many invocations at a time where the manifest sets no bound: those that Lambda begins with. It adds
 * up to 300 a minute while messages are left, which nothing here may count on.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const usualConcurrency = 5;

/** Wires every function to what triggers it, as its manifest says. */
export function runFunctions(
  manifests: readonly ServiceManifest[],
  handlersOf: (service: string) => Handlers | undefined,
  { queues }: StandIns,
  { organization, timeline, random, logLevel, executionClock, around }: SystemOptions,
): RunningFunctions {
  const cron = createCron(timeline);
  const mappings: EventSourceMapping[] = [];
  const schedules: { cancel(): void }[] = [];
  const invoked = new Map<string, (event: unknown) => Promise<unknown>>();
  const onFailure = (failure: { readonly functionName: string; readonly error: unknown }): void => {
    if (logLevel !== 'SILENT') console.error(JSON.stringify({ level: 'ERROR', message: 'function failed', ...failure, error: String(failure.error) }));
  };

  /** Looked up at each invocation: a service may have been deployed again. */
  const handlerOf = (service: string, name: string): AnyFunction => {
    return async (event, context) => {
      const handler = handlersOf(service)?.[name] as AnyFunction;
      return around === undefined ? handler(event, context) : around({ service, name, context }, () => handler(event, context));
    };
  };

  for (const manifest of manifests) {
    for (const [name, definition] of Object.entries<FunctionManifest>(manifest.functions)) {
      // Calls are brought to the doors by the server before them.
      if ('http' in definition.trigger) continue;
      if (handlersOf(manifest.name)?.[name] === undefined) throw new TypeError(`${manifest.name} composes no function "${name}"`);
      const handler = handlerOf(manifest.name, name);
      const common = {
        functionName: functionNameOf(manifest.name, name),
        timeoutMs: definition.timeoutSeconds * 1000,
        accountId: organization.DelegatedAdministratorAccountId,
        region: organization.Region,
        random,
        executionClock,
      };
      const { trigger } = definition;
      if ('queue' in trigger) {
        const fifo = manifest.queues[trigger.queue]?.fifo ?? false;
        mappings.push(
          eventSourceMapping({
            ...common,
            handler: handler as SqsFunction,
            queues,
            queueName: queueNames(manifest.name, trigger.queue, fifo).name,
            batchSize: trigger.batchSize,
            concurrency: definition.concurrency ?? usualConcurrency,
            timeline,
            onFailure,
          }),
        );
      } else if ('everyMinute' in trigger) {
        schedules.push(scheduledFunction({ ...common, handler, cron, onFailure }));
      } else {
        invoked.set(common.functionName, (event) => invoke({ ...common, handler }, event));
      }
    }
  }
  return {
    invokeDirectly(functionName, event) {
      const run = invoked.get(functionName);
      if (run === undefined) return Promise.reject(new AwsError('ResourceNotFoundException', `Function not found: ${functionName}`, 404));
      return run(event);
    },
    stop() {
      for (const mapping of mappings) mapping.stop();
      for (const schedule of schedules) schedule.cancel();
    },
    drained: async () => void (await Promise.all(mappings.map((mapping) => mapping.drained()))),
  };
}

/** Every function by its physical name. */
export function functionsByName(manifests: readonly ServiceManifest[]): ReadonlyMap<string, FunctionManifest> {
  return new Map(manifests.flatMap(({ name: service, functions }) => Object.entries(functions).map(([name, definition]) => [functionNameOf(service, name), definition] as const)));
}
