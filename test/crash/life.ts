import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { createAuditTrail, type AuditTrail } from '../../services/portal/cli/src/cloud/audit-trail.ts';
import { createBus } from '../../services/portal/cli/src/cloud/bus.ts';
import { connect } from '../../services/portal/cli/src/cloud/connection.ts';
import type { Intent, Ledger } from './ledger.ts';

const region = 'eu-central-1';

/** The cloud between one start and the next kill, as systems and people around it see it. */
export interface Life {
  readonly endpoint: string;
  readonly trail: AuditTrail;
  /** The cloud's time (ms since the epoch). */
  now(): number;
  /** Puts it on the bus, one attempt, and notes in the ledger what came of it. Rejects with `NoAnswer` when the process is gone. */
  put(intent: Intent): Promise<void>;
  kms(caller: string): KMSClient;
}

/** The process is gone, or went while it worked. What it was asked to do may have been done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Turns a call's failure without any answer into `NoAnswer`; what the cloud answered stays an error. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw gotNoAnswer(error) ? new NoAnswer('no answer', { cause: error }) : error;
  }
}

/** An answer has a status; what a killed process leaves is a broken connection, or half an answer. */
function gotNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const half = error instanceof SyntaxError || error.message.includes('aborted');
  return metadata?.httpStatusCode === undefined || half;
}

/** Connects to a cloud that is ready. `scale`: how many times as fast its time passes. */
export async function connectLife(endpoint: string, scale: number, ledger: Ledger): Promise<Life> {
  const configOf = (caller: string) => ({ endpoint, region, maxAttempts: 1, credentials: { accessKeyId: caller, secretAccessKey: 'any' } });
  const buses = new Map<string, EventBridgeClient>();
  const busOf = (caller: string): EventBridgeClient => {
    const bus = buses.get(caller) ?? new EventBridgeClient(configOf(caller));
    buses.set(caller, bus);
    return bus;
  };
  const connection = connect({ endpoint, region });
  const { now: begunAt } = await answered(createBus(connection, () => '').describe());
  const startedAt = performance.now();
  return {
    endpoint,
    trail: createAuditTrail(connection),
    now: () => begunAt + (performance.now() - startedAt) * scale,
    kms: (caller) => new KMSClient(configOf(caller)),
    async put(intent) {
      ledger.said(intent);
      const { Entries: [result] = [] } = await answered(busOf(intent.caller).send(new PutEventsCommand({ Entries: [intent.entry] })));
      if (result?.EventId === undefined) throw new Error(`the bus did not take ${intent.detailType}: ${result?.ErrorCode ?? ''} ${result?.ErrorMessage ?? ''}`);
      ledger.acknowledged(intent);
    },
  };
}
