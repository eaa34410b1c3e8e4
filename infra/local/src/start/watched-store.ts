import { journaledStore, RemovedFolderError, type Store } from '../cloud/index.ts';

/** How often it is looked whether the folder is still there (ms). A commit looks for itself. */
const lookEveryMs = 1_000;

/**
 * The store in a folder of a process that is to end with it: `lost` is called when the folder was removed or replaced, before
 * anything is answered that would not be kept. It does not return.
 */
export function watchedStore(folder: string, lost: (error: RemovedFolderError) => never): Store {
  const store = journaledStore(folder);
  const look = setInterval(() => {
    if (!store.inPlace()) lost(new RemovedFolderError(folder));
  }, lookEveryMs).unref();

  function unlessLost(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof RemovedFolderError) lost(error);
      throw error;
    }
  }

  return {
    map: (name) => store.map(name),
    all: () => store.all(),
    commit: () => unlessLost(() => store.commit()),
    close() {
      clearInterval(look);
      if (!store.inPlace()) lost(new RemovedFolderError(folder));
      unlessLost(() => store.close());
    },
  };
}
