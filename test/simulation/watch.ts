import type { SeenEvent } from '../../infra/local/src/play/world.ts';
import type { ServiceCall } from './driver.ts';
import { approvedBeforeAssigned } from './rules/approved-before-assigned.ts';
import { oneOutcome } from './rules/one-outcome.ts';
import type { Scene } from './scene.ts';

/** One invariant. Each function gives what is wrong, in words, or nothing. */
export interface Rule {
  /** A call of a service is about to take effect. */
  readonly onCall?: (call: ServiceCall) => string | undefined;
  /** The bus took an event. */
  readonly onEvent?: (event: SeenEvent) => string | undefined;
  /** Nothing moves any more. */
  readonly atRest?: () => readonly string[] | Promise<readonly string[]>;
}

/** Every invariant by its name. */
export const rules: Readonly<Record<string, (scene: Scene) => Rule>> = { approvedBeforeAssigned, oneOutcome };
export type RuleName = string;

/** Something that must never be, was. */
export interface Violation {
  readonly rule: RuleName;
  readonly text: string;
}

export interface Watch {
  onCall(call: ServiceCall): void;
  /** Looks at what came onto the bus since it was called last. */
  look(): void;
  atRest(): Promise<void>;
  readonly violations: readonly Violation[];
}

/** Holds a run against all invariants as it goes. */
export function createWatch(scene: Scene): Watch {
  const violations: Violation[] = [];
  const watching = Object.entries(rules).map(([name, create]) => ({ name, rule: create(scene) }));
  const found = (rule: RuleName, text: string | undefined): void => {
    if (text === undefined) return;
    violations.push({ rule, text });
    scene.log.say(`VIOLATION ${rule}: ${text}`);
  };
  return {
    violations,
    onCall(call) {
      for (const { name, rule } of watching) found(name, rule.onCall?.(call));
    },
    look() {
      for (const event of scene.takeNewEvents()) {
        scene.log.say(lineOf(event));
        for (const { name, rule } of watching) found(name, rule.onEvent?.(event));
      }
    },
    async atRest() {
      for (const { name, rule } of watching) for (const text of (await rule.atRest?.()) ?? []) found(name, text);
    },
  };
}

function lineOf({ source, detailType, detail }: SeenEvent): string {
  const { data, metadata } = detail;
  const reasons = [data['reason'], ...(Array.isArray(data['reasons']) ? (data['reasons'] as unknown[]) : [])];
  const codes = reasons.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
  const of = [metadata['requestId'], data['grantId']].filter((id) => id !== undefined).map((id) => String(id).slice(0, 8));
  return `${source} ${detailType} ${[...of, data['how'], ...codes].filter((part) => part !== undefined).join(' ')}`.trimEnd();
}
