import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import * as z from 'zod';
import * as contract from '../contract/index.ts';
import { administrationRoutes } from './administration-routes.ts';
import { body, json, named, params, problems, security } from './route-parts.ts';
import { trailRoutes } from './trail-routes.ts';

const asked = named('Ask', contract.ask);
const takenIn = named('Taken', contract.taken);

const taken = {
  ...json(takenIn, 'Taken in; what becomes of it stands at `href` a little later'),
  headers: z.object({ location: z.string() }),
};

export const configuration = createRoute({
  method: 'get',
  path: '/v1/configuration',
  operationId: 'configure',
  summary: 'Where the command line signs in, and as which client',
  security: [],
  responses: { 200: json(named('Configuration', contract.configuration), 'What is known before anybody signed in'), default: problems },
});

export const me = createRoute({
  method: 'get',
  path: '/v1/me',
  operationId: 'showMe',
  summary: 'Who I am here, and what I may look at',
  security,
  responses: { 200: json(named('Me', contract.me), 'The caller'), default: problems },
});

export const askable = createRoute({
  method: 'get',
  path: '/v1/askable',
  operationId: 'listAskable',
  summary: 'What I may ask for, or whoever else I may ask for',
  security,
  request: { query: contract.askableQuestion },
  responses: { 200: json(named('Askables', contract.askables), 'Sorted by account, then permission set'), default: problems },
});

export const bundles = createRoute({
  method: 'get',
  path: '/v1/bundles',
  operationId: 'listBundles',
  summary: 'Several targets under one name, of which I may ask for one at least, or whoever else I may ask for',
  security,
  request: { query: contract.bundlesQuestion },
  responses: { 200: json(named('AskableBundles', contract.askableBundles), 'Sorted by name'), default: problems },
});

export const preview = createRoute({
  method: 'post',
  path: '/v1/preview',
  operationId: 'preview',
  summary: 'What would become of a request, before it is sent',
  security,
  request: body(asked),
  responses: { 200: json(named('Preview', contract.preview), 'Target by target, bundles taken apart'), default: problems },
});

export const listRequests = createRoute({
  method: 'get',
  path: '/v1/requests',
  operationId: 'listRequests',
  summary: 'Requests that I may see, the newest first',
  security,
  request: { query: contract.listQuestion },
  responses: { 200: json(named('RequestRows', contract.requestRows), 'A page'), default: problems },
});

export const ask = createRoute({
  method: 'post',
  path: '/v1/requests',
  operationId: 'ask',
  summary: 'Ask for access',
  description: 'The same `requestId` with the same words, sent again, is the same request. A program must choose one, and say in `for` who is to have the access.',
  security,
  request: body(asked),
  responses: { 202: taken, default: problems },
});

export const showRequest = createRoute({
  method: 'get',
  path: '/v1/requests/{id}',
  operationId: 'showRequest',
  summary: 'Everything about one request',
  security,
  request: { params },
  responses: { 200: json(named('RequestDetail', contract.requestDetail), 'The request'), default: problems },
});

export const end = createRoute({
  method: 'post',
  path: '/v1/requests/{id}/end',
  operationId: 'end',
  summary: 'Take a request back, or end its access',
  security,
  request: { params, ...body(named('End', contract.end)) },
  responses: { 202: taken, default: problems },
});

export const decide = createRoute({
  method: 'post',
  path: '/v1/requests/{id}/decisions',
  operationId: 'decide',
  summary: 'Say yes or no; whoever does has signed in within the last 15 minutes',
  security,
  request: { params, ...body(named('Decision', contract.decision)) },
  responses: { 202: taken, default: problems },
});

export const review = createRoute({
  method: 'post',
  path: '/v1/requests/{id}/review',
  operationId: 'review',
  summary: 'Say what to think of a break glass; whoever does has signed in within the last 15 minutes',
  security,
  request: { params, ...body(named('Review', contract.review)) },
  responses: { 202: taken, default: problems },
});

export const overview = createRoute({
  method: 'get',
  path: '/v1/overview',
  operationId: 'showOverview',
  summary: 'What happened in the last thirty days',
  security,
  responses: { 200: json(named('Overview', contract.overview), 'Of what I may see'), default: problems },
});

export const health = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'health',
  summary: 'Whether it runs',
  security: [],
  responses: { 200: json(z.object({ status: z.literal('ok') }), 'It does') },
});

export const description = createRoute({
  method: 'get',
  path: '/v1/openapi.json',
  operationId: 'describe',
  summary: 'This document',
  security: [],
  responses: { 200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1') },
});

/** All that the API can do, in the order in which its document has it. */
export const routes: readonly RouteConfig[] = [configuration, me, askable, bundles, preview, listRequests, ask, showRequest, end, decide, review, ...trailRoutes, overview, ...administrationRoutes, health, description];
