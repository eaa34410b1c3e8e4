/**
 * `*` stands for any characters, also none; `\*` and `\\` for themselves. Undefined when the text is no wildcard of AWS:
 * two stars in a row, or another escape.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export function wildcardMatcher(text: string): ((value: string) => boolean) | undefined {
  const pieces = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '*') {
      if (text[index + 1] === '*') return undefined;
      pieces.push('');
    } else if (character === '\\') {
      const escaped = text[++index];
      if (escaped !== '*' && escaped !== '\\') return undefined;
      pieces[pieces.length - 1] += escaped;
    } else {
      pieces[pieces.length - 1] += character;
    }
  }
  return (value) => matchesPieces(value, pieces);
}

/** Greedy from the left: the first place where a middle piece fits is as good as any, so this takes linear time. */
function matchesPieces(value: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = value.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return position <= value.length - last.length;
}
