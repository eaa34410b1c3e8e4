/** Control characters, and those that turn the direction of writing or end a line: Unicode 16, Cc, Bidi_Control, Zl and Zp. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** A text from outside as it may stand in a terminal: what an emitter writes must not move the cursor, recolour, or fake a line. */
export const printable = (text: string): string => text.replace(unprintable, '�');

/** `2026-11-22 10:00:00Z`. What is no timestamp stays as it is. */
export function moment(timestamp: string): string {
  const ms = Date.parse(timestamp);
  return Number.isNaN(ms) ? timestamp : new Date(ms).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** First part of an id: enough for people to tell requests apart. */
export const shortId = (id: string): string => id.slice(0, 8);

/** `1 letter`, `2 letters`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
