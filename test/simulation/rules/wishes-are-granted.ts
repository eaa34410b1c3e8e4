import type { AccessRevocationRequestedV1 } from '@team/contracts';
import { digestOf } from '@team/runtime';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import { textIn } from '../invocation.ts';
import type { Grant } from './grants.ts';
import type { Rule, RuleFrom } from './rule.ts';

/** Somebody wants a request ended. */
interface Wish {
  readonly event: SeenEvent;
  readonly requestId: string;
  readonly eventId: string;
  readonly digest: string;
  /** When the expiry service stored that it had judged it (ms), of somebody entitled. */
  judgedAt?: number;
}

/** The one source that may say for whom it speaks. */
const channel = 'team.local-channel';
const writes = ['PutItem', 'UpdateItem'];

/**
 * Whoever may end access ends it: once the expiry service has judged the wish of a requester, or of a system that may end access, no grant
 * of the request goes on. Each is over as of then or of before, by what was said of it. A name of somebody who was renamed is left out:
 * it may have been judged when nobody had it.
 */
export const wishesAreGranted: RuleFrom = ({ now, forged, asked, renamed, tables, policies }, { grants }): Rule => {
  const wishes: Wish[] = [];
  let written: { readonly requestId: string; readonly at: number } | undefined;

  /** What the last call wrote, which had not happened yet when it was seen. */
  function readWritten(): void {
    if (written === undefined) return;
    const { requestId, at } = written;
    written = undefined;
    const unjudged = wishes.filter((wish) => wish.requestId === requestId && wish.judgedAt === undefined);
    if (unjudged.length === 0) return;
    const state = tables.item('expiry', 'aggregates', `request#${requestId}`)?.['state'] as { answered?: readonly string[]; approval?: object } | undefined;
    for (const wish of unjudged) if (state?.approval !== undefined && state.answered?.includes(wish.digest) === true && isEntitled(wish.event)) wish.judgedAt = at;
  }
  function isEntitled({ source, detail }: SeenEvent): boolean {
    const { requestId, by } = detail.data as AccessRevocationRequestedV1;
    const registered = policies.flatMap((one) => one.policies.emitters).filter((one) => one.source === source);
    if (by === undefined) return registered.some(({ mayRevoke }) => mayRevoke === true);
    const own = asked.find((one) => one.requestId === requestId);
    return source === channel && own !== undefined && (by === own.requesterId || (!renamed.has(own.requesterId) && by.toLowerCase() === own.userName.toLowerCase()));
  }
  const goesOn = ({ endSaid, ended, failedAt }: Grant, at: number): boolean =>
    [endSaid?.endedAt, ended === undefined ? undefined : Date.parse(ended.data.endedAt), failedAt].every((over) => over === undefined || over > at);

  return {
    onCall(call) {
      readWritten();
      if (textIn(call, 'TableName') !== 'team-expiry-aggregates' || !writes.includes(call.action)) return undefined;
      const { pk } = (call.input['Key'] ?? call.input['Item']) as { pk?: { S?: string } };
      const [, requestId] = /^request#(.+)$/.exec(pk?.S ?? '') ?? [];
      if (requestId !== undefined) written = { requestId, at: now() };
      return undefined;
    },
    onEvent(event) {
      const { detailType, source, account, detail } = event;
      const eventId = String(detail.metadata['eventId']);
      if (detailType !== 'AccessRevocationRequested.v1' || forged.has(eventId)) return undefined;
      const { requestId } = detail.data as AccessRevocationRequestedV1;
      wishes.push({ event, requestId, eventId, digest: digestOf({ source, account, eventId, data: detail.data }) });
      return undefined;
    },
    atRest() {
      readWritten();
      return wishes.flatMap(({ requestId, eventId, judgedAt }) => {
        if (judgedAt === undefined) return [];
        const left = [...grants.all].filter((grant) => grant.requestId === requestId && goesOn(grant, judgedAt));
        const since = new Date(judgedAt).toISOString();
        return left.map(({ grantId }) => `grant ${grantId} went on after ${since}, when the wish ${eventId} to end it had been judged`);
      });
    },
  };
};
