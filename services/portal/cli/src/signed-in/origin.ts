/** Where `npm start` serves the portal. */
export const usualPortal = 'http://localhost:8043';

/** Plain HTTP is for what runs on this machine alone. */
export function onThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** Whether a token may go to a URL: nobody reads it on the way. */
export function mayBeSentTokens(url: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  return protocol === 'https:' || (protocol === 'http:' && onThisMachine(url));
}
