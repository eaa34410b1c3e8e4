/** IAM's prefix for the actions of each SDK client. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const prefixes: Readonly<Record<string, string>> = {
  DynamoDBClient: 'dynamodb',
  EventBridgeClient: 'events',
  IdentitystoreClient: 'identitystore',
  KMSClient: 'kms',
  LambdaClient: 'lambda',
  OrganizationsClient: 'organizations',
  SQSClient: 'sqs',
  SSOAdminClient: 'sso',
  STSClient: 'sts',
};

/** What every SDK client has, as far as it is needed here. */
interface AnyClient {
  readonly middlewareStack: { add(middleware: Middleware, options: { step: 'initialize' } | { step: 'deserialize' }): void };
}
type Next = (args: never) => Promise<{ readonly response: unknown }>;
type Middleware = (next: Next, context: { readonly clientName?: string; readonly commandName?: string }) => Next;

/** What was seen of calls. */
export interface Calls {
  /** Notes of each call of this client what it was, and waits before it where the client has a pace. */
  watch<Client extends AnyClient>(client: Client, pace?: () => Promise<void>): Client;
  /** IAM action of the call that ended with this error: `sso:ListInstances`. */
  actionOf(error: unknown): string | undefined;
  /** How far the cloud's clock is ahead of this machine's (ms), by the last answer that has a `Date`. */
  skew(): number | undefined;
}

/** `now` is this machine's clock (ms since the epoch). */
export function watchCalls(now: () => number): Calls {
  const actions = new WeakMap<object, string>();
  let skew: number | undefined;
  return {
    watch(client, pace) {
      client.middlewareStack.add(
        (next, context) => async (args) => {
          await pace?.();
          try {
            return await next(args);
          } catch (error) {
            if (typeof error === 'object' && error !== null) actions.set(error, iamAction(context.clientName, context.commandName));
            throw error;
          }
        },
        { step: 'initialize' },
      );
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const date = Date.parse(dateOf(result.response));
          if (!Number.isNaN(date)) skew = date - now();
          return result;
        },
        { step: 'deserialize' },
      );
      return client;
    },
    actionOf: (error) => (typeof error === 'object' && error !== null ? actions.get(error) : undefined),
    skew: () => skew,
  };
}

/** Lets so many calls begin in a second, evenly; the others wait. */
export function evenPace(callsPerSecond: number, now: () => number, pause: (ms: number) => Promise<void>): () => Promise<void> {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const begin = Math.max(now(), next);
    next = begin + 1_000 / callsPerSecond;
    const wait = begin - now();
    if (wait > 0) await pause(wait);
  };
}

function iamAction(clientName = '', commandName = ''): string {
  const name = commandName.replace(/Command$/, '');
  return `${prefixes[clientName] ?? clientName}:${name}`;
}

function dateOf(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return '';
  const { headers } = response;
  return typeof headers === 'object' && headers !== null && 'date' in headers ? String(headers.date) : '';
}
