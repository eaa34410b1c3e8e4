import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import * as z from 'zod';
import * as contract from '../contract/index.ts';
import { body, json, named, params, problems, security } from './route-parts.ts';

const change = named('PolicyChange', contract.policyChange);

const taken = {
  ...json(named('ChangeTaken', contract.changeTaken), 'Taken in; what becomes of it stands at `href` a little later'),
  headers: z.object({ location: z.string() }),
};

export const policies = createRoute({
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  summary: 'Policies, proposals and who may emit, as they stand; for administrators and auditors',
  security,
  responses: { 200: json(named('PoliciesNow', contract.policiesNow), 'Everything'), default: problems },
});

export const plan = createRoute({
  method: 'post',
  path: '/v1/policies/plan',
  operationId: 'planChange',
  summary: 'What would become of a change of policy, before it is submitted; for administrators and auditors',
  security,
  request: body(named('PlanQuestion', contract.planQuestion)),
  responses: { 200: json(named('PolicyPlan', contract.policyPlan.extend({ change: change.optional() })), 'The plan'), default: problems },
});

export const explain = createRoute({
  method: 'post',
  path: '/v1/policies/explain',
  operationId: 'explain',
  summary: 'Why somebody may have something somewhere, or why not; for administrators and auditors',
  security,
  request: body(named('ExplainQuestion', contract.explainQuestion)),
  responses: { 200: json(named('Explained', contract.explained), 'What would become of it, policy by policy'), default: problems },
});

export const showChange = createRoute({
  method: 'get',
  path: '/v1/policies/changes/{id}',
  operationId: 'showChange',
  summary: 'What became of a change that was submitted, or decided on, a moment ago',
  security,
  request: { params, query: contract.changeQuestion },
  responses: { 200: json(named('ChangeOutcome', contract.changeOutcome), 'The outcome'), default: problems },
});

export const submit = createRoute({
  method: 'post',
  path: '/v1/policies/changes',
  operationId: 'submitChange',
  summary: 'Submit a change of policy; for administrators who signed in within the last 15 minutes',
  security,
  request: body(change),
  responses: { 202: taken, default: problems },
});

export const decideOnChange = createRoute({
  method: 'post',
  path: '/v1/policies/changes/{id}/decisions',
  operationId: 'decideOnChange',
  summary: 'Agree or disagree with what another administrator proposed; for administrators who signed in within the last 15 minutes',
  security,
  request: { params, ...body(named('PolicyDecision', contract.policyDecision)) },
  responses: { 202: taken, default: problems },
});

export const delegate = createRoute({
  method: 'post',
  path: '/v1/delegation',
  operationId: 'delegate',
  summary: 'Have somebody else decide in my place for a time; whoever does has signed in within the last 15 minutes',
  security,
  request: body(named('Delegation', contract.delegation)),
  responses: { 202: { ...json(named('DelegationTaken', contract.delegationTaken), 'Taken in; what the approval service makes of it stands at `href` a little later'), headers: z.object({ location: z.string() }) }, default: problems },
});

export const showDelegation = createRoute({
  method: 'get',
  path: '/v1/delegations/{id}',
  operationId: 'showDelegation',
  summary: 'What became of a delegation of mine that was sent, or taken back, within the last hour',
  security,
  request: { params, query: contract.delegationQuestion },
  responses: { 200: json(named('DelegationOutcome', contract.delegationOutcome), 'The outcome'), default: problems },
});

export const delegations = createRoute({
  method: 'get',
  path: '/v1/delegations',
  operationId: 'listDelegations',
  summary: 'Who decides in my place, and in whose place I do, now or later',
  security,
  responses: { 200: json(named('DelegationsNow', contract.delegationsNow), 'What stands, the earliest first'), default: problems },
});

/** What is governed by, and who decides in whose place. */
export const administrationRoutes: readonly RouteConfig[] = [policies, plan, explain, showChange, submit, decideOnChange, delegations, delegate, showDelegation];
