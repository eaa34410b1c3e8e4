import { DirectoryAnswerError } from './errors.ts';

// AWS's own pattern allows years to seconds, but a session lasts 1 to 12 hours: days and more never occur, and months have no length.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
const hoursToSeconds = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

/**
 * Minutes of an ISO 8601 duration of hours, minutes and seconds, part of a minute counting as a whole one: what is computed from
 * this says by when credentials are useless, and must not be early.
 *
 * @throws DirectoryAnswerError for anything else, and for no time at all
 * @example sessionDurationMinutes('PT8H30M', 'PowerUserAccess') // 510
 */
export function sessionDurationMinutes(duration: string, permissionSetName: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = hoursToSeconds.exec(duration) ?? [];
  const total = Number(hours) * 60 + Number(minutes) + Math.ceil(Number(seconds) / 60);
  if (total === 0) {
    const given = `permission set ${permissionSetName} has session duration "${duration}"`;
    throw new DirectoryAnswerError(`${given}, which is not like PT1H or PT8H30M`);
  }
  return total;
}
