import { portalEmitters, type EmitterRegistration } from '@team/contracts';
import { emittersOf } from '@team/runtime';
import type { Environment } from '../environment/schema.ts';
import { portalManifest } from '../manifests.ts';
import type { Names } from '../names.ts';

/** Everybody who may put intents on the bus of a deployment, as every judge is told: systems of the environment, and the portal with its machines. */
export function emittersIn({ emitters, portal }: Environment, names: Names): readonly EmitterRegistration[] {
  if (portal === undefined) return emitters;
  const doors = emittersOf(portalManifest, names.prefix, (name) => names.roleArn(portalManifest.name, name));
  return [...emitters, ...portalEmitters(doors, portal.access)];
}

/** What everybody who has this role may say, under which sources. */
export function spokenBy(roleArn: string, emitters: readonly EmitterRegistration[]): { readonly sources: readonly string[]; readonly detailTypes: readonly string[] } {
  const own = emitters.filter((emitter) => emitter.roleArn === roleArn);
  return { sources: own.map(({ source }) => source), detailTypes: [...new Set(own.flatMap(({ detailTypes }) => detailTypes))] };
}
