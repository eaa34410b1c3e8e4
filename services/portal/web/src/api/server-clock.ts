/**
 * The server's time, as its answers tell it: clocks of browsers are wrong, and the end of access is the server's business.
 * Between answers it goes on as fast as this machine's clock.
 */
let ahead = 0;

/** Takes over what an answer says of the time. */
export function noteServerTime(now: string): void {
  const told = Date.parse(now);
  if (Number.isFinite(told)) ahead = told - Date.now();
}

/** The server's time (milliseconds since 1970). */
export function serverNow(): number {
  return Date.now() + ahead;
}
