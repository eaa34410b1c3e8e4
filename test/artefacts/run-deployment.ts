import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { seedPolicies as seedApproverPolicies } from '@team/approval/compose';
import { manifest as portal } from '@team/portal/manifest';
import { seedPolicies as seedRequestPolicies } from '@team/request/compose';
import { configFromEnvironment, createLogger, type LambdaConfig, type Platform } from '@team/runtime';
import { createCron } from '../../infra/local/src/cloud/index.ts';
import { portalCaller, serviceCaller } from '../../infra/local/src/system/who.ts';
import { openIssuer, type Issuer } from '../../services/portal/test/sign-in/issuer.ts';
import { deploy } from './deploy.ts';
import { deployedFunctions, deployedTriggers, everyMinute } from './deployed.ts';
import { functionProcess, type FunctionProcess } from './function-process.ts';
import { startLocalCloud, type LocalCloud } from './local-cloud.ts';
import { accountId, emitters, environment, organization, policies, prefix, region } from './setting.ts';
import type { Stack } from '../aws/stacks.ts';
import { readTemplates } from './templates.ts';
import { pollQueue } from './triggers.ts';

/** An event as the bus took it. */
export interface SeenEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What templates deploy, running: every function in a process of its own, its AWS the local cloud over HTTP. */
export interface RunningDeployment {
  readonly cloud: LocalCloud;
  /** Where people of the portal get tokens. */
  readonly issuer: Issuer;
  /** By the functions' names. */
  readonly functions: ReadonlyMap<string, FunctionProcess>;
  /** Invocations that failed, whole or in part. */
  readonly failures: readonly string[];
  /** Events of one request, in the order of the bus. */
  events(requestId: string): SeenEvent[];
  /** Clients that call over HTTP as somebody. */
  clients(caller: string): ReturnType<typeof httpClients>;
  stop(): Promise<void>;
}

/** Deploys the templates of a folder into a new local cloud and runs what they say is to run. */
export async function runDeployment(folder: string, scale: number): Promise<RunningDeployment> {
  const stacks = readTemplates(folder, region, accountId);
  const cloud = await startLocalCloud({ organization, emitters, prefix, scale });
  const issuer = await openIssuer({ audience: environment.portal.issuer.audience, now: () => cloud.timeline.now() });
  try {
    return await runIn(cloud, issuer, stacks, folder);
  } catch (error) {
    await issuer.close();
    await cloud.close();
    throw error;
  }
}

async function runIn(cloud: LocalCloud, issuer: Issuer, stacks: readonly Stack[], folder: string): Promise<RunningDeployment> {
  await deploy(stacks, cloud.deployment);
  const failures: string[] = [];
  const functions = new Map<string, FunctionProcess>();
  for (const deployed of deployedFunctions(stacks, folder)) {
    const surroundings = { AWS_ENDPOINT_URL: cloud.endpoint, AWS_ACCESS_KEY_ID: callerOf(deployed.name), AWS_SECRET_ACCESS_KEY: 'any', AWS_SESSION_TOKEN: 'any' };
    const variables = Object.fromEntries(Object.entries(deployed.variables).map(([name, value]) => [name, here(value)]));
    functions.set(deployed.name, await functionProcess({ ...deployed, variables }, region, accountId, surroundings, cloud.origin));
  }
  await seed();

  const invoke = (name: string, event: unknown): Promise<unknown> => functions.get(name)?.invoke(event) ?? Promise.reject(new Error(`no function ${name}`));
  cloud.invokeBy(invoke);
  const fail = (message: string): void => void failures.push(message);
  const pollers = deployedTriggers(stacks).map((trigger) => {
    return pollQueue(clients(callerOf(trigger.functionName)).sqs, trigger, (event) => invoke(trigger.functionName, event), fail);
  });
  const cron = createCron(cloud.timeline);
  const schedules = everyMinute(stacks).map(({ functionName, input }) =>
    cron.everyMinute(functionName, () => void invoke(functionName, input).catch((error: unknown) => fail(String(error)))),
  );

  return {
    cloud,
    issuer,
    functions,
    failures,
    events: (requestId) =>
      cloud.standIns.bus.archived(prefix).flatMap(({ event }) => {
        const { metadata, data } = event.detail as { metadata: { requestId?: string }; data: SeenEvent['data'] };
        return metadata.requestId === requestId ? [{ type: event['detail-type'], data }] : [];
      }),
    clients,
    async stop() {
      for (const schedule of schedules) schedule.cancel();
      await Promise.all(pollers.map((poller) => poller.stop()));
      await Promise.all([...functions.values()].map((one) => one.stop()));
      await issuer.close();
      await cloud.close();
    },
  };

  /** Queues are at the local cloud, and the issuer is on this machine: what the deployment says otherwise in a function's environment. */
  function here(value: string): string {
    return value.replaceAll(`https://sqs.${region}.amazonaws.com`, cloud.endpoint).replaceAll(environment.portal.issuer.url, issuer.url);
  }

  function clients(caller: string): ReturnType<typeof httpClients> {
    return httpClients(cloud.endpoint, caller);
  }

  /** Policies are not the templates'. */
  async function seed(): Promise<void> {
    const platformOf = (service: string): Platform => {
      const config: LambdaConfig = configFromEnvironment(functions.get(`${prefix}-${service}-inbox`)?.environment);
      return { clients: cloud.deployment, config, clock: () => cloud.timeline.now(), newId: () => '', logger: createLogger(service, 'SILENT') };
    };
    await seedRequestPolicies(platformOf('request'), policies);
    await seedApproverPolicies(platformOf('approval'), policies);
  }
}

/** As whom a function calls: the local cloud knows services, and those of the portal that are emitters. */
function callerOf(functionName: string): string {
  const [service = '', ...name] = functionName.slice(prefix.length + 1).split('-');
  return service === portal.name ? portalCaller(portal, name.join('-')) : serviceCaller(service);
}

function httpClients(endpoint: string, caller: string) {
  const config = { endpoint, region, credentials: { accessKeyId: caller, secretAccessKey: 'any' } };
  return { dynamo: new DynamoDBClient(config), eventBridge: new EventBridgeClient(config), kms: new KMSClient(config), sqs: new SQSClient(config), ssoAdmin: new SSOAdminClient(config) };
}
