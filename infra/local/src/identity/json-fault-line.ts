/** V8 shows so many characters on either side of the one that it did not expect. */
const shownAround = 10;

/**
 * The line (from 1) at which `JSON.parse` gave up on this text; `undefined` where its message does not tell. V8 says where in three
 * ways: by line, as the end of the text, or by showing what stands around, which tells where if it stands in the text only once.
 */
export function jsonFaultLine(text: string, { message }: SyntaxError): number | undefined {
  const said = / \(line (\d+) column \d+\)$/.exec(message)?.[1];
  if (said !== undefined) return Number(said);
  if (message === 'Unexpected end of JSON input') return lineAt(text, text.trimEnd().length);
  const [, before, shown, after] = /^Unexpected token .+?, (\.\.\.)?"(.*)"(\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  if (shown === undefined) return undefined;
  // Without dots before it, it is how the text begins.
  if (before === undefined) return after === undefined ? onlyLine(text) : lineAt(text, shown.length - shownAround);
  const at = text.indexOf(shown);
  return at === -1 || text.includes(shown, at + 1) ? undefined : lineAt(text, at + shownAround);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const onlyLine = (text: string): number | undefined => (text.trimEnd().includes('\n') ? undefined : 1);
