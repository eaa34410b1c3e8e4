import { isFact } from './ocsf-facts.ts';
import { entity, failing, other, type Told } from './ocsf-told.ts';

/** Events that ask for something; the contracts name the same. They are written out here so that the function does not load every contract. */
export const intents: ReadonlySet<string> = new Set([
  'AccessRequested.v1', 'ApprovalDecisionSubmitted.v1', 'AccessRevocationRequested.v1', 'EligibilityPolicySubmitted.v1', 'ApproverPolicySubmitted.v1',
  'LimitsSubmitted.v1', 'BundleSubmitted.v1', 'PolicyChangeDecided.v1', 'DelegationSubmitted.v1', 'AccessReviewSubmitted.v1',
]);

/** What the bus says of an event, whatever the event says of itself. */
interface Came {
  readonly eventId: string;
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
}

/**
 * What there is to tell of a record that is no fact of TEAM's services: that it came and from whom, and nothing of what it says, which
 * nobody has judged yet. Who says as a fact what the services alone may say is told loudly.
 */
export function unjudged({ eventId, detailType, source, account }: Came, ownFact: boolean): Told {
  const said = (severity: Told['severity'], message: string): Told => ({ ...entity('Event', eventId, other, severity, message, { who: { app_name: source, app_uid: account } }, detailType), status: 'Recorded' });
  if (ownFact) return said(1, 'a fact of which this mapping knows no more was recorded');
  if (isFact(detailType) || source.startsWith('team.')) {
    return failing(said(4, 'somebody says as a fact what TEAM’s services alone may say'), { code: 'ERR_SOURCE_FOREIGN', message: 'it is on record, and no service acts on it' });
  }
  return intents.has(detailType) ? said(1, 'something was asked for; whether it is allowed is another event') : said(2, 'an event that is none of TEAM’s was recorded');
}
