import { DescribeEventBusCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ContractViolationError, type DataOf, type EventContract } from '@team/contracts';
import { misused, refused } from '../failure.ts';
import type { Connection } from './connection.ts';
import { deployment } from './deployment.ts';

/** What the bus is asked for. */
export interface Bus {
  /** TEAM's own account, from which its facts come, and the cloud's time (ms): the local run's may pass faster than this machine's. */
  describe(): Promise<{ readonly ownAccount: string; readonly now: number }>;
  /**
   * Puts an intent on the bus through the local channel; gives its event id. Throws `Failure`: `usage` where the contract does not
   * allow what is said, `refused` where the bus does not take it.
   */
  put<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): Promise<string>;
}

/** The bus over a connection. */
export function createBus(connection: Connection, newId: () => string): Bus {
  const describe: Bus['describe'] = async () => {
    const command = new DescribeEventBusCommand({ Name: connection.target.prefix });
    let date: string | undefined;
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        date = headerOf(result.response, 'date');
        return result;
      },
      { step: 'deserialize' },
    );
    const { Arn = '' } = await connection.eventBridge(deployment.operator).send(command);
    const ownAccount = Arn.split(':')[4];
    if (ownAccount === undefined) throw refused(`the event bus "${connection.target.prefix}" has no ARN`);
    const now = Date.parse(date ?? '');
    return { ownAccount, now: Number.isNaN(now) ? Date.now() : now };
  };

  return {
    describe,
    async put(contract, data) {
      const { now } = await describe();
      const ofRequest = 'requestId' in data && typeof data.requestId === 'string' ? { requestId: data.requestId } : {};
      const metadata = { eventId: newId(), ...ofRequest, occurredAt: new Date(now).toISOString() };
      const detail = { metadata, data };
      try {
        contract.validate(detail);
      } catch (error) {
        throw error instanceof ContractViolationError ? misused(wordsOf(error), error) : error;
      }
      const { prefix, source } = connection.target;
      const entry = { EventBusName: prefix, Source: source, DetailType: contract.detailType, Detail: JSON.stringify(detail) };
      const { Entries = [] } = await connection.eventBridge(deployment.channel.caller).send(new PutEventsCommand({ Entries: [entry] }));
      // PutEvents answers 200 with failures inside.
      const { EventId, ErrorCode = 'unknown error', ErrorMessage = '' } = Entries[0] ?? {};
      if (EventId === undefined) throw refused(`the bus did not take the event: ${ErrorCode} ${ErrorMessage}`.trimEnd());
      return metadata.eventId;
    },
  };
}

function wordsOf({ issues }: ContractViolationError): string {
  return issues.map(({ path, message }) => `${path.replace(/^data\./, '')}: ${message}`).join('; ');
}

/** Of an HTTP response as the SDK's handlers give it. */
function headerOf(response: unknown, name: string): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null) return undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return typeof value === 'string' ? value : undefined;
}
