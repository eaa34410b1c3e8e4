import type { AssignmentDirectory } from './ports.ts';

/** The directory, telling before each call that one is made: every call counts against the account's quota, reads too. */
export function metered(directory: AssignmentDirectory, onCall: () => void): AssignmentDirectory {
  const counted = <Arguments extends unknown[], Result>(call: (...given: Arguments) => Promise<Result>) => {
    return (...given: Arguments): Promise<Result> => {
      onCall();
      return call(...given);
    };
  };
  return {
    create: counted(directory.create),
    remove: counted(directory.remove),
    statusOf: counted(directory.statusOf),
    findInProgress: counted(directory.findInProgress),
    isPresent: counted(directory.isPresent),
    sessionMinutes: counted(directory.sessionMinutes),
  };
}
