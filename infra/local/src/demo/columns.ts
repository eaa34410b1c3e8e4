/** Width that the demo is printed for. */
const width = 120;

/** Columns of fixed width, then a text that goes on below itself where it does not fit. */
export function columns(fixed: readonly string[], text: string): string[] {
  const start = `${fixed.join('  ')}  `;
  return wrapped(text, width - start.length).map((line, i) => `${i === 0 ? start : ' '.repeat(start.length)}${line}`.trimEnd());
}

/** Lines of whole words, `most` characters at most unless a word is longer. */
export function wrapped(text: string, most = width - 3): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
