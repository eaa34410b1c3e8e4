/**
 * Where one signs in and comes back to this path. `again`: although signed in, since what follows needs a fresh sign-in.
 *
 * @example signInPath('/requests') === '/auth/sign-in?return=%2Frequests'
 */
export function signInPath(path: string, again = false): string {
  return `/auth/sign-in?${new URLSearchParams({ ...(again ? { again: '1' } : {}), return: path }).toString()}`;
}
