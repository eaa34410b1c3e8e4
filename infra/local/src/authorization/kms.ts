import type { JsonObject } from '../cloud/json.ts';
import { textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

/** Policies are judged on the key, whatever it was called by: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html */
const onKey = (input: JsonObject, { keyNamed, organization }: Ground): Need[] => {
  const name = textIn(input, 'KeyId');
  const { arn, alias } = keyNamed(name);
  const asked = name.includes('alias/') ? { 'kms:RequestAlias': alias } : {};
  return [{ resource: arn, context: { 'kms:ResourceAliases': [alias], 'kms:CallerAccount': organization.DelegatedAdministratorAccountId, ...asked } }];
};
const signing = (input: JsonObject, ground: Ground): Need[] =>
  onKey(input, ground).map(({ context, ...need }) => {
    const { SigningAlgorithm, MessageType = 'RAW' } = input;
    const algorithm = typeof SigningAlgorithm === 'string' ? { 'kms:SigningAlgorithm': SigningAlgorithm } : {};
    return { ...need, context: { ...context, ...algorithm, ...(typeof MessageType === 'string' && { 'kms:MessageType': MessageType }) } };
  });

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const kms: ServiceReference = {
  prefix: 'kms',
  actions: { Sign: signing, Verify: signing, GetPublicKey: onKey, DescribeKey: onKey },
};
