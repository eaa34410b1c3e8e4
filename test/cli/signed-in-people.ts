import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../../services/portal/cli/src/program.ts';
import { signInStore } from '../../services/portal/cli/src/signed-in/sign-in-store.ts';
import { createBrowser, formOf, type Browser } from '../../services/portal/test/sign-in/browser.ts';

export interface Ended {
  readonly code: number;
  readonly said: string;
  readonly remarks: string;
}

/** Somebody with `team` on a machine of their own, and a browser to sign in with. */
export interface AtTheirMachine {
  readonly userName: string;
  team(...argv: string[]): Promise<Ended>;
  /** `team login` with a code, with the page opened and the code confirmed. */
  login(): Promise<Ended>;
  /** `team login` through a browser of the machine, which goes where it is led. */
  loginByBrowser(browser?: Browser): Promise<Ended>;
}

/** People at machines of their own: what each keeps is in a folder that `leave` removes. */
export function peopleAt(origin: string, userIdOf: (userName: string) => string) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'team-signed-in-'));
  return {
    root,
    leave: () => rmSync(root, { recursive: true, force: true }),
    at(userName: string): AtTheirMachine {
      const signIns = signInStore(path.join(root, userName), randomUUID);
      const started = (argv: readonly string[], heard: (text: string) => void = () => undefined, openPage?: (url: string) => void): Promise<Ended> => {
        const said: string[] = [];
        const remarks: string[] = [];
        const remark = (text: string): void => {
          remarks.push(text);
          heard(text);
        };
        return run(argv, {
          output: { say: (text) => said.push(text), remark },
          signal: new AbortController().signal,
          // Nobody here has the patience of a person.
          pause: (ms) => delay(ms / 5),
          machine: { fetch, signIns, openPage, now: Date.now, newId: randomUUID, timeout: (ms) => AbortSignal.timeout(ms) },
        }).then((code) => ({ code, said: said.join('\n'), remarks: remarks.join('\n') }));
      };
      return {
        userName,
        team: (...argv) => started(argv),
        async login() {
          const pages: Promise<void>[] = [];
          const ended = await started(['login', '--portal', origin], (text) => {
            const url = /^or open (http\S+user_code=\S+)$/.exec(text)?.[1];
            if (url !== undefined) pages.push(signInOn(url, userIdOf(userName)));
          });
          await Promise.all(pages);
          return ended;
        },
        async loginByBrowser(browser = createBrowser()) {
          const visits: Promise<string>[] = [];
          const ended = await started(['login', '--portal', origin], undefined, (url) => visits.push(signInAs(userIdOf(userName), browser, url)));
          expect(await Promise.all(visits)).toEqual([expect.stringContaining('Back to your terminal')]);
          return ended;
        },
      };
    },
  };
}

/** What a person does on the pages of the local provider: says that this is the code, and who they are. */
async function signInOn(url: string, userId: string): Promise<void> {
  const browser = createBrowser();
  const code = new URL(url).searchParams.get('user_code') ?? '';
  const device = `${url.split('?')[0]}`;
  const entered = await (await browser.follow(url)).response.text();
  const confirm = await browser.follow(device, posted({ ...Object.fromEntries(formOf(entered).fields), user_code: code }));
  const login = await browser.follow(device, posted({ ...Object.fromEntries(formOf(await confirm.response.text()).fields), user_code: code, confirm: 'yes' }));
  const { response } = await browser.follow(login.url, posted({ user: userId }));
  if (!(await response.text()).includes('Signed in')) throw new Error(`nobody signed in at ${login.url}`);
}

/** What they do where the browser comes back by itself: they say who they are. Gives the last page. */
async function signInAs(userId: string, browser: Browser, url: string): Promise<string> {
  const login = await browser.follow(url);
  const { response } = await browser.follow(login.url, posted({ user: userId }));
  return response.text();
}

const posted = (fields: Readonly<Record<string, string>>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });
