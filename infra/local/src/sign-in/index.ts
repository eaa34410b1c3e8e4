export { createLocalKeys, type LocalKeys } from './keys.ts';
export { createLocalProvider, type LocalProviderOptions } from './local-provider.ts';
export { enabledPeople, type LocalPerson } from './people.ts';
export { audience, commandLineRedirectUris, type LocalClients, type LocalMachine } from './provider-configuration.ts';
