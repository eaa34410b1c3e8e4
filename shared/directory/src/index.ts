export { createDirectory } from './create-directory.ts';
export type { DirectoryOptions } from './create-directory.ts';
export type {
  AccountStatus,
  Directory,
  DirectoryAccount,
  DirectoryGroup,
  DirectoryOrganizationalUnit,
  DirectoryPermissionSet,
  DirectorySnapshot,
  DirectoryUser,
  Tags,
} from './directory.ts';
export {
  DirectoryAccessError,
  DirectoryAmbiguityError,
  DirectoryAnswerError,
  DirectoryQuestionRefusedError,
  DirectoryUnavailableError,
} from './errors.ts';
export { createPeopleDirectory } from './people-directory.ts';
export type { PeopleDirectory, PeopleDirectoryOptions } from './people-directory.ts';
