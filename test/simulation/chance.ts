/**
 * Draws that depend on what they are for and on nothing else: taking one thing out of a run leaves every other draw as it was, which is
 * what lets a failing run be made smaller. FNV-1a over the names, then a finalizer that spreads the bits (MurmurHash3's).
 */
export function chance(seed: number, ...names: readonly (string | number)[]): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  const text = names.join('\u0000');
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
