import * as z from 'zod';
import { metadata, requestMetadata, type Metadata } from './envelope.ts';

/** Which service publishes a fact; `EventBridge` `source` of every event it publishes. */
export type FactSource = 'team.request' | 'team.approval' | 'team.expiry' | 'team.provisioning' | 'team.audit';

/** One problem in an event's detail: `path` is dotted (`data.targets.3.accountId`). */
export interface ContractIssue {
  readonly path: string;
  readonly message: string;
}

/**
 * Most bytes of JSON (UTF-8) that a detail may have at publish. EventBridge takes 256 KB for a whole entry; the bounds of each contract
 * keep below this, so that only free-form content can reach it.
 */
export const maximumDetailBytes = 200_000;

/** Issues that an error's message spells out; `issues` has all. */
const issuesInMessage = 10;

/** An event's detail is not what its contract says. */
export class ContractViolationError extends Error {
  override readonly name = 'ContractViolationError';
  readonly code = 'ERR_CONTRACT_VIOLATION';
  readonly retryable = false;
  readonly detailType: string;
  readonly issues: readonly ContractIssue[];

  constructor(detailType: string, issues: readonly ContractIssue[]) {
    const first = issues.slice(0, issuesInMessage).map((issue) => `${issue.path}: ${issue.message}`);
    const more = issues.length > first.length ? [`and ${issues.length - first.length} more`] : [];
    super(`${detailType}: ${[...first, ...more].join('; ')}`);
    this.detailType = detailType;
    this.issues = issues;
  }
}

/** `detail` of an event on the bus. */
export interface Detail<Data> {
  readonly metadata: Metadata;
  readonly data: Data;
}

/**
 * One event major. From this one definition come the TypeScript type, the check at publish, the check at consume,
 * the published JSON Schema, the AsyncAPI page and the rule pattern.
 */
export interface EventContract<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly detailType: string;
  readonly kind: 'fact' | 'intent';
  /** The one source of a fact; `undefined` for intents, which anybody registered may emit. */
  readonly source: FactSource | undefined;
  readonly summary: string;
  /** Day from which this major is published only for those who have not moved to the next one; `undefined` while it is the newest. */
  readonly deprecatedOn: string | undefined;
  /** `{ metadata, data }` as one object schema. */
  readonly detail: z.ZodObject<{ metadata: z.ZodObject; data: z.ZodObject<Shape> }>;
  /**
   * Publisher's check: the detail must fit, may carry no undeclared field, at any depth, and has at most `maximumDetailBytes`.
   * Throws `ContractViolationError`.
   */
  validate(detail: unknown): Detail<z.infer<z.ZodObject<Shape>>>;
  /** Consumer's check: the detail must fit; unknown fields are dropped. Throws `ContractViolationError`. */
  parse(detail: unknown): Detail<z.infer<z.ZodObject<Shape>>>;
}

/** The `data` of an event: `DataOf<typeof accessApprovedV1>`. */
export type DataOf<Contract> = Contract extends EventContract<infer Shape> ? z.infer<z.ZodObject<Shape>> : never;

interface Definition<Shape extends z.ZodRawShape> {
  readonly detailType: `${string}.v${number}`;
  readonly summary: string;
  /** ISO 8601 date. Set when the next major is published beside this one. */
  readonly deprecatedOn?: string;
  readonly data: z.ZodObject<Shape>;
}

/** Defines a fact: something that happened, published by one service only. */
export function defineFact<Shape extends z.ZodRawShape>(source: FactSource, definition: Definition<Shape>): EventContract<Shape> {
  return defineEvent({ ...definition, kind: 'fact', source });
}

/** Defines an intent: something asked for, judged by a service, never trusted. */
export function defineIntent<Shape extends z.ZodRawShape>(definition: Definition<Shape>): EventContract<Shape> {
  return defineEvent({ ...definition, kind: 'intent', source: undefined });
}

function defineEvent<Shape extends z.ZodRawShape>(
  definition: Definition<Shape> & Pick<EventContract, 'kind' | 'source'>,
): EventContract<Shape> {
  const { detailType, data } = definition;
  const ofOneRequest = 'requestId' in data.shape;
  const detail = z.object({ metadata: ofOneRequest ? requestMetadata : metadata, data });

  const parse = (input: unknown): Detail<z.infer<z.ZodObject<Shape>>> => {
    const result = detail.safeParse(input);
    if (!result.success) {
      throw new ContractViolationError(
        detailType,
        result.error.issues.map((issue) => ({ path: issue.path.join('.') || 'detail', message: issue.message })),
      );
    }
    const parsed = result.data as Detail<z.infer<z.ZodObject<Shape>>>;
    const broken = definition.kind === 'intent' ? brokenTexts(parsed, '') : [];
    if (broken.length > 0) {
      throw new ContractViolationError(
        detailType,
        broken.map((path) => ({ path, message: 'is no Unicode text: it holds half a surrogate pair' })),
      );
    }
    const own: unknown = (parsed.data as Record<string, unknown>)['requestId'];
    if (ofOneRequest && own !== parsed.metadata.requestId) {
      throw new ContractViolationError(detailType, [{ path: 'metadata.requestId', message: 'differs from data.requestId' }]);
    }
    return parsed;
  };

  const validate = (input: unknown): Detail<z.infer<z.ZodObject<Shape>>> => {
    const parsed = parse(input);
    const bytes = new TextEncoder().encode(JSON.stringify(input)).length;
    if (bytes > maximumDetailBytes) {
      throw new ContractViolationError(detailType, [{ path: 'detail', message: `has ${bytes} bytes, at most ${maximumDetailBytes} are allowed` }]);
    }
    const extra = undeclared(input, parsed, '');
    if (extra.length > 0) {
      throw new ContractViolationError(
        detailType,
        extra.map((path) => ({ path, message: 'is not declared in the contract' })),
      );
    }
    return parsed;
  };

  const { kind, source, summary, deprecatedOn } = definition;
  return { detailType, kind, source, summary, deprecatedOn, detail, parse, validate };
}

/** Paths of texts that JSON can spell and UTF-8 cannot: they would be stored as other texts, and have no digest. Nobody means them. */
function brokenTexts(value: unknown, path: string): string[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => brokenTexts(member, path === '' ? key : `${path}.${key}`));
}

/** Paths of what `input` has and `parsed` (the same value after unknown keys were dropped) has not. */
function undeclared(input: unknown, parsed: unknown, path: string): string[] {
  if (typeof input !== 'object' || input === null || typeof parsed !== 'object' || parsed === null) return [];
  const kept = new Map(Object.entries(parsed));
  return Object.entries(input).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (value === undefined) return [];
    return kept.has(key) ? undeclared(value, kept.get(key), here) : [here];
  });
}
