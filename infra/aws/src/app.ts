import { App, Tags } from 'aws-cdk-lib';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import type { Environment } from './environment/schema.ts';
import { namesOf } from './names.ts';
import { SiemStack } from './siem/siem-stack.ts';
import { BusStack } from './stacks/bus-stack.ts';
import { DoorStack } from './stacks/door-stack.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import type { StackSetting } from './stacks/setting.ts';
import { WatchStack } from './stacks/watch-stack.ts';

export interface AppOptions {
  /** Folder of a function's bundle, with its `index.mjs`. */
  readonly bundleOf: (service: string, name: string) => string;
  /** Where the templates go. */
  readonly outdir?: string;
}

/** The app of one deployment. Throws where the environment cannot be deployed as it is: a policy too long, too many emitters. */
export function buildApp(environment: Environment, { bundleOf, outdir }: AppOptions): App {
  // Stacks refer to each other's signing keys alone, which are never removed: what CloudFormation keeps as long as it is used is what we want.
  const context = { [DEFAULT_CROSS_STACK_REFERENCES]: 'strong' };
  const app = new App({ ...(outdir === undefined ? {} : { outdir }), analyticsReporting: false, treeMetadata: false, context });
  const names = namesOf(environment);
  const setting: StackSetting = {
    environment,
    names,
    stackProps: { env: { account: environment.accounts.team, region: environment.region }, terminationProtection: true },
  };
  const bus = new BusStack(app, setting);
  const services: ServiceStack[] = [];
  for (const manifest of names.manifests) {
    const signingKeyArns = services.flatMap(({ signingKeyArn }) => signingKeyArn ?? []);
    const service = new ServiceStack(app, { ...setting, manifest, signingKeyArns, bundleOf });
    service.addStackDependency(bus);
    services.push(service);
  }
  const doors = environment.portal === undefined ? [] : [new DoorStack(app, setting, environment.portal)];
  // It opens when everything behind it is there.
  for (const door of doors) for (const service of services) door.addStackDependency(service);
  const watch = new WatchStack(app, setting);
  for (const stack of [bus, ...services, ...doors]) watch.addStackDependency(stack);
  for (const sink of environment.siem) {
    const siem = new SiemStack(app, setting, sink);
    // Its rule is one of the bus, and its alarms go to the topic.
    for (const stack of [bus, watch]) siem.addStackDependency(stack);
  }
  // CloudFormation does not take tags of a dashboard everywhere yet: cfn-lint's copy of its schemas has none.
  const but = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  for (const [key, value] of Object.entries({ ...environment.tags, Application: 'TEAM', Environment: environment.name })) Tags.of(app).add(key, value, but);
  return app;
}
