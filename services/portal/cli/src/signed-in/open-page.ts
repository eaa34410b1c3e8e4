import { spawn } from 'node:child_process';

/** Opens a page in the person's browser, as well as that goes: where it does not, they open it themselves. */
export type OpenPage = (url: string) => void;

type Environment = Readonly<Record<string, string | undefined>>;

/** Programs that open an address with what the person has for it. */
const openers = new Map<string, readonly [string, ...string[]]>([
  ['darwin', ['open']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler']],
]);
const otherwise = ['xdg-open'] as const;

/** How pages are opened on this machine; nothing where no browser of it is to be seen: over SSH, and where there is no display. */
export function openPageHere(platform: string, environment: Environment): OpenPage | undefined {
  const { SSH_CONNECTION, SSH_TTY, DISPLAY, WAYLAND_DISPLAY } = environment;
  const said = (value: string | undefined): boolean => value !== undefined && value !== '';
  if (said(SSH_CONNECTION) || said(SSH_TTY)) return undefined;
  if (!openers.has(platform) && !said(DISPLAY) && !said(WAYLAND_DISPLAY)) return undefined;
  const [program, ...before] = openers.get(platform) ?? otherwise;
  return (url) => {
    // No shell has a look at the address. What the opener has to say is of no interest here, and it need not end before us.
    const opener = spawn(program, [...before, url], { stdio: 'ignore', detached: true, shell: false, env: environment });
    opener.on('error', () => undefined);
    opener.unref();
  };
}
