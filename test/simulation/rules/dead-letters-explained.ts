import type { Rule, RuleFrom } from './rule.ts';

/**
 * What is left in a dead-letter queue when all was redriven is what can never be handled: something that was forged, or that answers
 * what was forged, or an emitter's intent. It says why, and no other fact of our own is among it.
 */
export const deadLettersExplained: RuleFrom = ({ deadLetters, forged }): Rule => ({
  async atRest() {
    return (await deadLetters()).flatMap(({ queue, body, code, message }) => {
      const { source, eventId, causationId, detailType } = partsOf(body);
      const what = `${detailType ?? 'a message'} ${eventId ?? body.slice(0, 80)} in ${queue}`;
      if (code === undefined) return [`${what} is a dead letter, and nothing says why`];
      if ([eventId, causationId].some((id) => id !== undefined && forged.has(id))) return [];
      return source?.startsWith('team.') === true ? [`${what} is a dead letter and our own: ${code} ${message ?? ''}`] : [];
    });
  },
});

interface Envelope {
  readonly source?: string;
  readonly 'detail-type'?: string;
  readonly detail?: { readonly metadata?: Readonly<Record<string, string>> };
}

interface Parts {
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  readonly eventId: string | undefined;
  readonly causationId: string | undefined;
}

function partsOf(body: string): Parts {
  const { source, detail, 'detail-type': detailType } = JSON.parse(body) as Envelope;
  return { source, detailType, eventId: detail?.metadata?.['eventId'], causationId: detail?.metadata?.['causationId'] };
}
