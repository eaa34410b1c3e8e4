import type { SeenEvent } from '../../infra/local/src/play/world.ts';
import type { ServiceCall } from './invocation.ts';
import { rules } from './rules/index.ts';
import { createHistory } from './rules/history.ts';
import type { RuleFrom } from './rules/rule.ts';
import { seenIn } from './rules/seen.ts';
import type { Scene } from './scene.ts';

export type RuleName = keyof typeof rules;

/** Something that must never be, was. */
export interface Violation {
  readonly rule: RuleName;
  readonly text: string;
}

export interface Watch {
  onCall(call: ServiceCall): void;
  /** Looks at what came onto the bus since it was called last. */
  look(): void;
  beforeRedrive(): Promise<void>;
  atRest(): Promise<void>;
  readonly violations: readonly Violation[];
}

/** Holds a run against all invariants as it goes. */
export function createWatch(scene: Scene): Watch {
  const violations: Violation[] = [];
  const seen = seenIn(scene);
  const history = createHistory(seen);
  const watching = Object.entries<RuleFrom>(rules).map(([name, create]) => ({ name: name as RuleName, rule: create(seen, history) }));
  const found = (rule: RuleName, text: string | undefined): void => {
    if (text === undefined) return;
    violations.push({ rule, text });
    scene.log.say(`VIOLATION ${rule}: ${text}`);
  };
  const look = (): void => {
    history.look();
    for (const event of scene.takeNewEvents()) {
      scene.log.say(lineOf(event));
      history.take(event);
      for (const { name, rule } of watching) found(name, rule.onEvent?.(event));
    }
  };
  scene.onMade((call) => {
    look();
    for (const { name, rule } of watching) found(name, rule.onMade?.(call));
    history.made(call);
  });
  return {
    violations,
    onCall(call) {
      look();
      for (const { name, rule } of watching) found(name, rule.onCall?.(call));
      history.called(call);
    },
    look,
    async beforeRedrive() {
      look();
      for (const { name, rule } of watching) for (const text of (await rule.beforeRedrive?.()) ?? []) found(name, text);
    },
    async atRest() {
      for (const { name, rule } of watching) {
        look();
        for (const text of (await rule.atRest?.()) ?? []) found(name, text);
      }
    },
  };
}

function lineOf({ source, detailType, detail }: SeenEvent): string {
  const { data, metadata } = detail;
  const reasons = [data['reason'], ...(Array.isArray(data['reasons']) ? (data['reasons'] as unknown[]) : [])];
  const codes = reasons.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
  const ids = [metadata['requestId'], data['grantId']].flatMap((id) => (typeof id === 'string' ? [id.slice(0, 8)] : []));
  const how = typeof data['how'] === 'string' ? [data['how']] : [];
  return `${source} ${detailType} ${[...ids, ...how, ...codes].join(' ')}`.trimEnd();
}
