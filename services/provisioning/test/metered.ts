import type { AssignmentDirectory, OperationList } from '../src/application/ports.ts';

/** A directory each of whose questions takes one call, telling of it. */
export function metered(directory: AssignmentDirectory & OperationList, onCall: () => void): AssignmentDirectory & OperationList {
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
    inProgress: counted(directory.inProgress),
    findInProgress: counted(directory.findInProgress),
    isPresent: counted(directory.isPresent),
    sessionMinutes: counted(directory.sessionMinutes),
  };
}
