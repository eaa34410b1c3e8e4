/** Where `npm start` serves the portal. */
export const usualPortal = 'http://localhost:8043';

/** Plain HTTP is for what runs on this machine alone. */
export function onThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
