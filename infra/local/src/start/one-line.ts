import type { WriteStream } from 'node:tty';

/** Says how far something is, in one line of a terminal that is written over; elsewhere only the first and the last that is said. */
export function oneLine(out: Pick<WriteStream, 'isTTY' | 'write'>): (text: string, last?: boolean) => void {
  let said = false;
  return (text, last = false) => {
    if (out.isTTY) out.write(`\r\u001b[K${text}${last ? '\n' : ''}`);
    else if (!said || last) out.write(`${text}\n`);
    said = true;
  };
}
