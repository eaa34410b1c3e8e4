/**
 * What stands in bundles for the SDK's chain of credential providers: its first link. Lambda gives a function the credentials of its role
 * in the environment (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), so the links behind it (profiles, single
 * sign-on, containers, instances) are never asked there, and were a fifth of every bundle. Without credentials it rejects with
 * `CredentialsProviderError`, as the chain does.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
