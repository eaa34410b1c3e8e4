import type { EligibilityPolicy, Limits } from '@team/contracts';

/** What administrators have laid down for this service. */
export interface RequestPolicies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly limits: Limits;
}

/** Reads the policies in force; a few seconds old at most. */
export interface PolicySource {
  load(): Promise<RequestPolicies>;
}

/** Signs an acceptance; gives a compact JWS. */
export type SignAcceptance = (claims: object) => Promise<string>;
