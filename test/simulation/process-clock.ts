import { withGlobal, type Clock } from '@sinonjs/fake-timers';

let installed: Clock | undefined;

/**
 * Makes this process's own clock stand at `ms` until it is told otherwise: libraries read no other. Timers that they set fire when the
 * clock passes them. The process keeps it; a simulation is all that runs in it.
 */
export function standAt(ms: number): void {
  if (installed === undefined) {
    installed = withGlobal(globalThis).install({ now: ms, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    return;
  }
  const passed = ms - installed.now;
  if (passed >= 0) installed.tick(passed);
  else installed.setSystemTime(ms);
}

/** Gives the process its own clock back. */
export function goOn(): void {
  installed?.uninstall();
  installed = undefined;
}
