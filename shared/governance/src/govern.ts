import type { Actor, Limits, Reason } from '@team/contracts';
import { createVerifier, tableOf, type DomainEvent, type Platform, type ServiceKit } from '@team/runtime';
import type { PolicyKindName, Proposal } from './change.ts';
import { policyDefinition, registerDefinition } from './definitions.ts';
import { createGovernance, governedBy, registerKey, type Governance, type PolicyKind, type PolicySnapshot } from './governance.ts';
import type { FoundPerson } from './judging.ts';
import type { ChangedPolicy, PolicyItem } from './policy-item.ts';
import type { RegisterEvent } from './register.ts';

/** Everything in a service's table of policies: its own, and its copies of others'. */
export interface StoredPolicies {
  /** By key, `<prefix>#<subject>`. */
  readonly items: ReadonlyMap<string, PolicyItem>;
  /** Absent: not laid down yet. */
  readonly limits: Limits | undefined;
}

/** What a change is judged by: everything that is laid down. */
export interface Governed<Policies extends StoredPolicies> extends PolicySnapshot {
  readonly policies: Policies;
}

/** What every fact about a proposal says. */
export interface ToldProposal {
  readonly changeId: string;
  readonly widens: string[];
  readonly changeDigest: string;
  readonly proposedBy: Actor;
  readonly decideBy: string;
}
/** What every fact about a refused change says; at most a hundred reasons. */
export interface ToldRefusal {
  readonly changeId: string;
  readonly submittedBy: string;
  readonly reasons: Reason[];
}
/** What every fact about a refused decision says; at most twenty reasons. */
export interface ToldDecisionRefusal {
  readonly changeId: string;
  readonly decider: string;
  readonly reasons: Reason[];
}

/** The facts of a service about changes of its policies. */
export interface PolicyFacts {
  proposed(told: ToldProposal, kind: PolicyKindName, subject: string): DomainEvent;
  refused(told: ToldRefusal, kind: PolicyKindName): DomainEvent;
  decisionRefused(told: ToldDecisionRefusal): DomainEvent;
  changed(kind: PolicyKindName, changed: ChangedPolicy): DomainEvent;
}

export interface GovernParts<Policies extends StoredPolicies> {
  readonly kinds: readonly PolicyKind<Governed<Policies>>[];
  readonly facts: PolicyFacts;
  /** Reads everything as it is now. */
  readonly read: (documents: Platform['clients']['documents'], table: string) => Promise<Policies>;
  readonly findPerson: (ref: string) => Promise<FoundPerson>;
}

/** What is laid down in a service, and what waits there for a second administrator. */
export interface Standing<Policies> {
  readonly policies: Policies;
  /** The version of what is under a key; 0 where there never was anything. */
  versionOf(key: string): number;
  /** Versions of what was removed, by key: what is laid down anew is made against them. */
  readonly removed: readonly { readonly key: string; readonly version: number }[];
  readonly proposals: readonly Proposal[];
}

/** The handlers of a service for changes of its policies, on its table `policies`; and what stands there now. */
export function govern<Policies extends StoredPolicies>(
  kit: ServiceKit,
  { clients, config }: Pick<Platform, 'clients' | 'config'>,
  { kinds, facts, read, findPerson }: GovernParts<Policies>,
): { readonly governance: Governance; readonly standing: () => Promise<Standing<Policies>> } {
  const readNow = (): Promise<Policies> => read(clients.documents, tableOf(config, 'policies'));
  const register = kit.aggregate('policies', registerDefinition((event) => factsOf(event, facts)));
  const governance = createGovernance<Governed<Policies>>({
    register,
    items: kit.aggregate('policies', policyDefinition((kind, changed) => facts.changed(kind, changed))),
    kinds,
    async snapshot() {
      const policies = await readNow();
      return { policies, ...governedBy(policies.limits), item: (key) => policies.items.get(key) };
    },
    findPerson,
    verifier: createVerifier(clients.kms),
    emitters: config.emitters,
  });
  const own = kinds.map(({ prefix }) => `${prefix}#`);
  return {
    governance,
    async standing() {
      const [policies, line] = [await readNow(), await register.load(registerKey)];
      const removed = [...policies.items].filter(([key, { policy }]) => policy === undefined && own.some((prefix) => key.startsWith(prefix)));
      return {
        policies,
        versionOf: (key) => policies.items.get(key)?.version ?? 0,
        removed: removed.map(([key, { version }]) => ({ key, version })),
        proposals: Object.values(line?.proposals ?? {}),
      };
    },
  };
}

/** The facts that leave with what happens in the register. */
function factsOf(event: RegisterEvent, facts: PolicyFacts): readonly DomainEvent[] {
  switch (event.type) {
    case 'Proposed': {
      const { change, widens, decideBy } = event.data;
      const { changeId, kind, subject, digest: changeDigest, by: proposedBy } = change;
      return [facts.proposed({ changeId, widens: [...widens], changeDigest, proposedBy, decideBy: new Date(decideBy).toISOString() }, kind, subject)];
    }
    case 'Refused': {
      const { changeId, kind, submittedBy, reasons } = event.data;
      return [facts.refused({ changeId, submittedBy, reasons: reasons.slice(0, 100) }, kind)];
    }
    case 'DecisionRefused': {
      const { changeId, decider, reasons } = event.data;
      return [facts.decisionRefused({ changeId, decider, reasons: reasons.slice(0, 20) })];
    }
    case 'Admitted':
    case 'Applied':
      return [];
  }
}
