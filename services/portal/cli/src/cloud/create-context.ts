import { randomUUID } from 'node:crypto';
import { pauseOf, type Context, type Output } from '../context.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createBus } from './bus.ts';
import type { Connection } from './connection.ts';

/** What a command at the AWS APIs works with, over a connection. */
export function createContext(connection: Connection, ownCommand: string, output: Output, signal: AbortSignal, pause?: Context['pause']): Context {
  return {
    ...output,
    connection,
    trail: createAuditTrail(connection),
    bus: createBus(connection, randomUUID),
    ownCommand,
    newId: randomUUID,
    signal,
    pause: pause ?? pauseOf(signal),
  };
}
