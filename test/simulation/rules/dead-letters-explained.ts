import type { Rule, RuleFrom } from '../watch.ts';

/**
 * What is left in a dead-letter queue when all was redriven is what can never be handled: something that was forged, or an intent whose
 * answer nobody could be given. It says why; and none of our own facts is among it.
 */
export const deadLettersExplained: RuleFrom = ({ deadLetters, forged }): Rule => ({
  async atRest() {
    return (await deadLetters()).flatMap(({ queue, body, code, message }) => {
      const { source, eventId, detailType } = partsOf(body);
      const what = `${detailType ?? 'a message'} ${eventId ?? body.slice(0, 80)} in ${queue}`;
      if (eventId !== undefined && forged.has(eventId)) return [];
      if (code === undefined) return [`${what} is a dead letter, and nothing says why`];
      return source?.startsWith('team.') === true ? [`${what} is a dead letter and our own: ${code} ${message ?? ''}`] : [];
    });
  },
});

function partsOf(body: string): { source?: string; eventId?: string; detailType?: string } {
  const { source, detail, 'detail-type': detailType } = JSON.parse(body) as { source?: string; detail?: { metadata?: { eventId?: string } }; 'detail-type'?: string };
  const eventId = detail?.metadata?.eventId;
  return { ...(source === undefined ? {} : { source }), ...(eventId === undefined ? {} : { eventId }), ...(detailType === undefined ? {} : { detailType }) };
}
