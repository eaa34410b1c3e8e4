import type { EmitterRegistration } from '@team/contracts';

/** The registration under which an intent came: the same source, the account of its role, and the detail-type among those it may send. */
export function findEmitter(
  emitters: readonly EmitterRegistration[],
  { source, account }: { readonly source: string; readonly account: string },
  detailType: string,
): EmitterRegistration | undefined {
  return emitters.find(
    (emitter) => emitter.source === source && emitter.roleArn.split(':')[4] === account && emitter.detailTypes.includes(detailType),
  );
}
