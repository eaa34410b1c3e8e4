import { stored } from './stored.ts';

const yesOrNo = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** Dark colours; what the system says until the reader says otherwise. */
export const dark = stored('team.dark', yesOrNo, window.matchMedia('(prefers-color-scheme: dark)').matches);

/** Times in UTC instead of the reader's zone. */
export const utc = stored('team.utc', yesOrNo, false);
