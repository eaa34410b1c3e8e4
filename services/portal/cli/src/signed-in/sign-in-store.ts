import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ofFile, signInFirst } from '../failure.ts';
import { jsonIn } from '../json-in.ts';
import type { SignIn } from './kept-sign-in.ts';

export interface SignInStore {
  /** Throws `Failure`: sign in where what is kept cannot be understood, usage where the operating system keeps it from being read. */
  read(): Promise<SignIn | undefined>;
  write(signIn: SignIn): Promise<void>;
  forget(): Promise<void>;
}

/**
 * The folder of a person's own settings. https://specifications.freedesktop.org/basedir/latest/: paths that are not absolute are to be
 * ignored.
 */
export function configurationFolder({ XDG_CONFIG_HOME: told }: Readonly<Record<string, string | undefined>>, home: string = homedir()): string {
  return path.join(told !== undefined && path.isAbsolute(told) ? told : path.join(home, '.config'), 'team');
}

/** Keeps a sign-in in a file that its owner alone can read. It is replaced as a whole, so that nobody finds half of one. */
export function signInStore(folder: string, newId: () => string): SignInStore {
  const file = path.join(folder, 'sign-in.json');
  const naming = (place: string) => (error: unknown): never => {
    throw ofFile(error, place) ?? error;
  };
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        return naming(file)(error);
      });
      if (text === undefined) return undefined;
      const { signIn } = await import('./kept-sign-in.ts');
      const kept = signIn.safeParse(jsonIn(text));
      if (!kept.success) throw signInFirst(`${file} is no sign-in that this version understands: sign in again with \`npx team login\``, kept.error);
      return kept.data;
    },
    async write(kept) {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch(naming(folder));
      await writeWhole(kept).catch(naming(file));
    },
    async forget() {
      await rm(file, { force: true }).catch(naming(file));
    },
  };

  async function writeWhole(kept: SignIn): Promise<void> {
    const beside = `${file}.${newId()}`;
    try {
      // 'wx': a file that somebody else laid there, with rights of their own, is not written to.
      const handle = await open(beside, 'wx', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify(kept, undefined, 2)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, file);
    } finally {
      await rm(beside, { force: true });
    }
  }
}
