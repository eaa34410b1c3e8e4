import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import * as contract from '../contract/index.ts';
import { body, json, named, params, problems, security } from './route-parts.ts';

export const activity = createRoute({
  method: 'get',
  path: '/v1/requests/{id}/activity',
  operationId: 'listActivity',
  summary: 'What was done under a request, call by call, as CloudTrail recorded it',
  security,
  request: { params, query: contract.activityQuestion },
  responses: { 200: json(named('RequestActivity', contract.requestActivity), 'A page'), default: problems },
});

export const verify = createRoute({
  method: 'post',
  path: '/v1/requests/{id}/verify',
  operationId: 'verifyRequest',
  summary: 'Recompute the trail of a request; for auditors',
  security,
  request: { params, ...body(contract.verifyQuestion) },
  responses: { 200: json(named('Verification', contract.verification), 'What was found'), default: problems },
});

export const askAudit = createRoute({
  method: 'post',
  path: '/v1/audit/questions',
  operationId: 'askAudit',
  summary: 'Requests by what is known of them, who could reach an account, what a person held, what is unreviewed, unused or stalled; for auditors and administrators',
  security,
  request: body(named('AuditQuestion', contract.auditQuestion)),
  responses: { 200: json(named('AuditAnswer', contract.auditAnswer), 'A page'), default: problems },
});

/** What the trail says of one request, and of all. */
export const trailRoutes: readonly RouteConfig[] = [activity, verify, askAudit];
