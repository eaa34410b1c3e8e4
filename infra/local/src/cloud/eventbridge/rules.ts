import { AwsError } from '../aws-error.ts';
import type { DurableMap, Store } from '../store.ts';
import { PatternError } from './operators.ts';
import { compilePattern, type Matcher } from './pattern.ts';

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  /** For FIFO queues. */
  readonly messageGroupId?: string;
  readonly deadLetterArn?: string;
  readonly maxRetries: number;
  readonly maxAgeMs: number;
}

export interface Rule {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  readonly pattern: string;
  readonly enabled: boolean;
  readonly description?: string;
  readonly targets: readonly Target[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const maxRulesPerBus = 300;
const maxTargetsPerRule = 5;

/** The buses of the account and their rules. Each rule's pattern is compiled once. */
export class Rules {
  readonly #buses: DurableMap<Bus>;
  readonly #rules: DurableMap<Rule>;
  readonly #matchers = new Map<string, Matcher>();
  readonly #arnPrefix: string;

  constructor(store: Store, origin: { accountId: string; region: string; nowMs: number }) {
    this.#buses = store.map<Bus>('events/buses');
    this.#rules = store.map<Rule>('events/rules');
    this.#arnPrefix = `arn:aws:events:${origin.region}:${origin.accountId}`;
    if (!this.#buses.has('default')) this.createBus('default', origin.nowMs);
    for (const rule of this.#rules.values()) this.#matchers.set(rule.arn, matcherOf(rule.pattern));
  }

  createBus(name: string, nowMs: number): Bus {
    if (this.#buses.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    const bus: Bus = { name, arn: `${this.#arnPrefix}:event-bus/${name}`, createdMs: nowMs };
    this.#buses.set(name, bus);
    return bus;
  }

  /** One with rules is not deleted, nor the default one, as on AWS; one that is not there is no error. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html */
  deleteBus(name: string): void {
    const bus = this.#buses.get(name);
    if (name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    if (bus === undefined) return;
    if (this.rulesOf(bus).length > 0) throw new AwsError('ValidationException', "EventBus can't be deleted since it has rules.");
    this.#buses.delete(name);
  }

  buses(): Bus[] {
    return [...this.#buses.values()];
  }

  /** By name or ARN; the default bus where none is named. */
  findBus(nameOrArn = 'default'): Bus | undefined {
    const prefix = `${this.#arnPrefix}:event-bus/`;
    return this.#buses.get(nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn);
  }

  /** Throws `ResourceNotFoundException`. */
  bus(nameOrArn?: string): Bus {
    const bus = this.findBus(nameOrArn);
    if (bus === undefined) throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    return bus;
  }

  rulesOf(bus: Bus): Rule[] {
    return [...this.#rules.values()].filter((rule) => rule.busName === bus.name);
  }

  rule(bus: Bus, name: string): Rule {
    const rule = this.#rules.get(keyOf(bus, name));
    if (rule === undefined) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
    return rule;
  }

  /** Creates or replaces a rule; its targets stay. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  putRule(bus: Bus, given: Pick<Rule, 'name' | 'pattern' | 'enabled'> & { description?: string | undefined }): Rule {
    const matcher = matcherOf(given.pattern);
    const existing = this.#rules.get(keyOf(bus, given.name));
    if (existing === undefined && this.rulesOf(bus).length >= maxRulesPerBus) {
      throw new AwsError('LimitExceededException', `The event bus ${bus.name} has the maximum of ${maxRulesPerBus} rules.`);
    }
    const { description, ...more } = given;
    const rule: Rule = {
      ...more,
      ...(description !== undefined && { description }),
      busName: bus.name,
      arn: `${this.#arnPrefix}:rule/${bus.name === 'default' ? '' : `${bus.name}/`}${given.name}`,
      targets: existing?.targets ?? [],
    };
    this.#rules.set(keyOf(bus, rule.name), rule);
    this.#matchers.set(rule.arn, matcher);
    return rule;
  }

  enable(rule: Rule, enabled: boolean): void {
    this.#rules.set(`${rule.busName}/${rule.name}`, { ...rule, enabled });
  }

  /** A rule with targets is not deleted, as on AWS; one that is not there is no error. */
  deleteRule(bus: Bus, name: string): void {
    const rule = this.#rules.get(keyOf(bus, name));
    if (rule === undefined) return;
    if (rule.targets.length > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    this.#rules.delete(keyOf(bus, name));
    this.#matchers.delete(rule.arn);
  }

  setTargets(bus: Bus, rule: Rule, targets: readonly Target[]): void {
    if (targets.length > maxTargetsPerRule) {
      throw new AwsError('LimitExceededException', `The rule ${rule.name} has the maximum of ${maxTargetsPerRule} targets.`);
    }
    this.#rules.set(keyOf(bus, rule.name), { ...rule, targets });
  }

  matches(rule: Rule): Matcher {
    return this.#matchers.get(rule.arn) ?? (() => false);
  }
}

/** Throws `InvalidEventPatternException`. */
export function matcherOf(pattern: string): Matcher {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const refused = new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
    throw Object.assign(refused, { cause: error });
  }
}

function keyOf(bus: Bus, rule: string): string {
  return `${bus.name}/${rule}`;
}
