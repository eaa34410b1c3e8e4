import { AwsError } from './aws-error.ts';

/** Refuses an action, or part of one, that a stand-in does not have; better than a wrong answer. */
export function notImplemented(service: string, what: string): never {
  throw new AwsError('NotImplementedByLocalCloud', `The local cloud's ${service} does not implement ${what}.`, 501);
}
