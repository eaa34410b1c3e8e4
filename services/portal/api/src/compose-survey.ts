import type { Directory } from '@team/directory';
import { tableOf, timeLeftOf, type Clients, type MinuteHandler, type Platform } from '@team/runtime';
import { organizationTable } from './adapters/organization-table.ts';
import { peopleOf, survey, surveyed } from './application/survey.ts';

/** What holds the organization as it was listed. */
type Ground = Pick<Platform, 'clock' | 'config'> & { readonly clients: Pick<Clients, 'documents'> };

const storeOf = ({ clients, config }: Ground) => organizationTable(clients.documents, tableOf(config, 'organization'));

export interface SurveyPlatform extends Ground {
  readonly directory: Pick<Directory, 'snapshot'>;
}

export interface Surveying {
  /** Lists the organization where that is due. Gives up before its time is over: what it listed is kept for the next minute. */
  readonly survey: MinuteHandler;
  /** The same, however long it takes. */
  readonly surveyNow: () => Promise<void>;
  /** When that was done last (ms since the epoch); undefined: never. */
  readonly listedAt: () => Promise<number | undefined>;
}

/** What lists the organization. */
export function composeSurvey(platform: SurveyPlatform): Surveying {
  const { directory, clock } = platform;
  const store = storeOf(platform);
  const surveyNow = survey(() => directory.snapshot(), store, clock);
  return { survey: (_event, context) => timeLeftOf(context).toHandle(surveyNow), surveyNow, listedAt: store.takenAt };
}

/** The organization as it was listed last: everything, and people alone, of whom there are none before it was listed. */
export function surveyedBy(ground: Ground): { readonly all: Pick<Directory, 'snapshot'>; readonly people: { snapshot: ReturnType<typeof peopleOf> } } {
  const snapshot = surveyed(storeOf(ground), ground.clock);
  return { all: { snapshot }, people: { snapshot: peopleOf(snapshot) } };
}
