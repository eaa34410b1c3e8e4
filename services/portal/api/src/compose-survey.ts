import type { Directory } from '@team/directory';
import { tableOf, type Clients, type Platform } from '@team/runtime';
import { organizationTable } from './adapters/organization-table.ts';
import { survey, surveyed } from './application/survey.ts';

/** What holds the organization as it was listed. */
type Ground = Pick<Platform, 'clock' | 'config'> & { readonly clients: Pick<Clients, 'documents'> };

const storeOf = ({ clients, config }: Ground) => organizationTable(clients.documents, tableOf(config, 'organization'));

export interface SurveyPlatform extends Ground {
  readonly directory: Pick<Directory, 'snapshot'>;
}

export interface Surveying {
  /** Lists the organization where that is due. */
  readonly survey: () => Promise<void>;
  /** When that was done last (ms since the epoch); undefined: never. */
  readonly listedAt: () => Promise<number | undefined>;
}

/** What lists the organization. */
export function composeSurvey(platform: SurveyPlatform): Surveying {
  const { directory, clock } = platform;
  const store = storeOf(platform);
  return { survey: survey(() => directory.snapshot(), store, clock), listedAt: store.takenAt };
}

/** The organization as it was listed last. */
export const surveyedBy = (ground: Ground): Pick<Directory, 'snapshot'> => ({ snapshot: surveyed(storeOf(ground), ground.clock) });
