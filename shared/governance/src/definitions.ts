import type { AggregateDefinition, DomainEvent } from '@team/runtime';
import type { PolicyKindName } from './change.ts';
import { decidePolicy, evolvePolicy, type ChangedPolicy, type PolicyCommand, type PolicyItem } from './policy-item.ts';
import { decideRegister, evolveRegister, registerDueAt, type Register, type RegisterCommand, type RegisterEvent } from './register.ts';

const steps: ReadonlySet<string> = new Set<RegisterEvent['type']>(['Admitted', 'Applied', 'Proposed', 'Refused', 'DecisionRefused']);
const isStep = (event: RegisterEvent | DomainEvent): event is RegisterEvent => steps.has(event.type);

/** The register as an aggregate; `factsOf` says which facts leave the service with each of its events. */
export function registerDefinition(factsOf: (event: RegisterEvent) => readonly DomainEvent[]): AggregateDefinition<Register, RegisterCommand, RegisterEvent | DomainEvent> {
  return {
    decide: (state, command, now) => decideRegister(state, command, now).flatMap((event) => [event, ...factsOf(event)]),
    evolve: (state, event) => (isStep(event) ? evolveRegister(state, event) : (state ?? evolveNothing())),
    dueAt: registerDueAt,
  };
}

const evolveNothing = (): Register => {
  throw new TypeError('a fact came before what it tells of');
};

/** Policies as aggregates; `factOf` says which fact leaves the service when one under this key is laid down. */
export function policyDefinition(factOf: (kind: PolicyKindName, changed: ChangedPolicy) => DomainEvent): AggregateDefinition<PolicyItem, PolicyCommand, DomainEvent> {
  return {
    decide: (state, command, now) => decidePolicy(state, command, now).flatMap((event) => [event, factOf(command.agreed.change.kind, event.data)]),
    evolve: (state, event) => (event.type === 'PolicyLaidDown' ? evolvePolicy(state, event as Parameters<typeof evolvePolicy>[1]) : (state ?? { version: 0 })),
  };
}
