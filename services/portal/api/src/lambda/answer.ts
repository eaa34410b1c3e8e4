import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import type { Door } from '../http/front.ts';

/** A door as a Lambda function behind API Gateway. */
export const answer = (door: Door) => handle(new Hono().all('*', ({ req }) => door(req.raw)));
