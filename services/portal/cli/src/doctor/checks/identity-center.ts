import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Check, Examination, Instance } from '../examination.ts';
import { ok, problem } from '../finding.ts';

/** The part of `TEAM_CONFIG`, a function's configuration, that names the instance. */
const configured = z.object({ identityCenter: z.object({ instanceArn: z.string(), identityStoreId: z.string() }) });

/** The instance and its identity store are there, can be read, and are the ones that the deployed functions work with. */
export const identityCenterCheck: Check = {
  name: 'IAM Identity Center',
  prerequisite: true,
  async run(examination) {
    const { clients, options } = examination;
    const [instance, seen] = [await examination.instance(), await examination.instances()];
    if (instance === undefined) {
      const found = options.instanceArn === undefined ? 'no instance is seen from here' : `the instance ${options.instanceArn} is not seen from here`;
      return [problem(this.name, found, 'look in the Region in which IAM Identity Center was set up (--region), in an account that administers it')];
    }
    if (seen.length > 1 && options.instanceArn === undefined) {
      return [problem(this.name, `${seen.length} instances are seen`, `name the organization's with --instance-arn: ${seen.map(({ InstanceArn }) => InstanceArn).join(', ')}`)];
    }
    await clients.identityStore.send(new ListUsersCommand({ IdentityStoreId: instance.identityStoreId, MaxResults: 1 }));
    const deployed = options.prerequisites === true ? undefined : await deployedWith(examination);
    if (deployed !== undefined && (deployed.instanceArn !== instance.instanceArn || deployed.identityStoreId !== instance.identityStoreId)) {
      const found = `the functions are configured for ${deployed.instanceArn} and ${deployed.identityStoreId}, and here is ${instance.instanceArn} with ${instance.identityStoreId}`;
      return [problem(this.name, found, 'deploy again with this instance')];
    }
    const told = deployed === undefined ? '' : ', as the functions are configured';
    return [ok(this.name, `instance ${instance.instanceArn}, identity store ${instance.identityStoreId}${told}`)];
  },
};

/** What provisioning's dispatcher was deployed with; `undefined` where there is no such function, or it does not say. */
async function deployedWith({ clients, options }: Examination): Promise<Instance | undefined> {
  try {
    const command = new GetFunctionConfigurationCommand({ FunctionName: `${options.prefix}-provisioning-dispatch` });
    const text = (await clients.lambda.send(command)).Environment?.Variables?.['TEAM_CONFIG'];
    return text === undefined ? undefined : configured.safeParse(JSON.parse(text)).data?.identityCenter;
  } catch (error) {
    // The check of functions says so.
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
