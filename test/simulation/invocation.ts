import type { SystemOptions } from '../../infra/local/src/system/options.ts';

export type Intercept = NonNullable<SystemOptions['intercept']>;
export type ServiceCall = Parameters<Intercept>[0];

/** One invocation of a function of a service, and whether its process still lives. */
export interface Invocation {
  readonly service: string;
  readonly name: string;
  /** How many invocations of the run came before it. */
  readonly number: number;
  alive: boolean;
  readonly die: () => void;
}

/** A field of a call's input that is text; empty where it is none. */
export function textIn({ input }: ServiceCall, field: string): string {
  const value = input[field];
  return typeof value === 'string' ? value : '';
}
