import type { EmitterRegistration } from '@team/contracts';
import { resourceNames, type ServiceManifest } from '@team/runtime';
import { authorizeBy, type Allows, type Ground } from '../authorization/index.ts';
import type { Authorize } from '../cloud/wire/router.ts';
import { prefix, serviceCaller } from './who.ts';

/** What a caller, by name, may put on the bus. */
export interface PublishRight {
  readonly caller: string;
  readonly sources: readonly string[];
  readonly detailTypes: readonly string[];
}

/** What takes a right by name in the local run. Everything else, whoever got as far as calling may do. */
export interface Rights {
  readonly publish: readonly PublishRight[];
  /** Who may sign with a key, by its alias. */
  readonly sign: Readonly<Record<string, readonly string[]>>;
  /** Who may create and delete assignments. */
  readonly assign: readonly string[];
}

/** Each service publishes its own facts under its own source and signs with its own key, each emitter likewise; provisioning alone assigns. */
export function rightsOf(manifests: readonly ServiceManifest[], emitters: readonly EmitterRegistration[]): Rights {
  return {
    publish: [
      ...manifests.map(({ name, source, publishes }) => ({
        caller: serviceCaller(name),
        sources: [source],
        detailTypes: publishes.map(({ detailType }) => detailType),
      })),
      ...emitters.map(({ roleArn, source, detailTypes }) => ({ caller: speakerOf(roleArn, emitters), sources: [source], detailTypes })),
    ],
    sign: Object.fromEntries([
      ...manifests.flatMap(({ name, signingKey }) =>
        signingKey === undefined ? [] : [[resourceNames.signingKeyAlias(prefix, signingKey), [serviceCaller(name)]] as const],
      ),
      ...emitters.flatMap(({ name, mayDecide }) => (mayDecide === undefined ? [] : [[mayDecide.keyId, [name]] as const])),
    ]),
    assign: [serviceCaller('provisioning')],
  };
}

/** Who calls in a role: the first emitter that has it. The portal's machines speak in those of its doors. */
const speakerOf = (role: string, emitters: readonly EmitterRegistration[]): string => emitters.find(({ roleArn }) => roleArn === role)?.name ?? '';

const judged = new Set(['PutEvents', 'Sign', 'CreateAccountAssignment', 'DeleteAccountAssignment']);

/** Judges calls by rights; only those that take one, since every call comes by here. */
export function byRights({ publish, sign, assign }: Rights, ground: Ground): Authorize {
  const allows: Allows = ({ name }, { action, context }) => {
    const has = (values: readonly string[], key: string): boolean => values.some((value) => value === context[key]);
    if (action === 'events:PutEvents') {
      return publish.some(({ caller, sources, detailTypes }) => caller === name && has(sources, 'events:source') && has(detailTypes, 'events:detail-type'));
    }
    if (action === 'kms:Sign') return [context['kms:ResourceAliases']].flat().some((alias) => alias !== undefined && sign[alias]?.includes(name) === true);
    return assign.includes(name);
  };
  const judge = authorizeBy(allows, ground);
  return (call) => {
    if (judged.has(call.action)) judge(call);
  };
}
