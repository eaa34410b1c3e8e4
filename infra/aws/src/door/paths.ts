import type { FunctionManifest, ServiceManifest } from '@team/runtime';

/** What a gateway brings to a function: calls of this path, as OpenAPI writes it. */
export interface Way {
  readonly path: string;
  readonly functionName: string;
}

/**
 * Every path of a gateway, of which API Gateway takes the one that says most. Where it knows the beginning of a path and not the rest, it looks
 * no further: so each beginning has a way of its own, and one for all that follows on it, to the function that the manifest says.
 */
export function waysOf({ functions }: Pick<ServiceManifest, 'functions'>): Way[] {
  const said = Object.entries<FunctionManifest>(functions).flatMap(([functionName, { trigger }]) => ('http' in trigger ? trigger.http.map((path) => ({ path, functionName })) : []));
  const beginnings = new Set(said.flatMap(({ path }) => path.split('/').slice(1, -1).map((_, n, all) => `/${all.slice(0, n + 1).join('/')}`)));
  const ends = new Set([...beginnings, ...said.map(({ path }) => path)].filter((path) => !path.endsWith('{proxy+}') && path !== '/'));
  // A resource has one child with a variable: where one segment is, what follows on it is below that.
  const onwards = [...ends].filter((path) => ![...ends].some((other) => other.startsWith(`${path}/{`) && !other.slice(path.length + 1).includes('/'))).map((path) => `${path}/{proxy+}`);
  const paths = [...new Set([...said.map(({ path }) => path), ...ends, ...onwards])].toSorted();
  return paths.map((path) => ({ path, functionName: ownerOf(path, said) }));
}

/** The function whose path fits this one best. Throws where none does. */
function ownerOf(path: string, said: readonly Way[]): string {
  const fitting = said.filter((way) => fits(path, way.path)).toSorted((a, b) => saidBy(b.path) - saidBy(a.path));
  if (fitting[0] === undefined) throw new RangeError(`no function answers ${path}`);
  return fitting[0].functionName;
}

/** Whether every call of `path` is one of `pattern`. */
function fits(path: string, pattern: string): boolean {
  if (path === pattern) return true;
  if (!pattern.endsWith('/{proxy+}')) return false;
  return `${path}/`.startsWith(pattern.slice(0, -'{proxy+}'.length));
}

/** How much a pattern says: the segments before what follows, and whether nothing does. */
const saidBy = (pattern: string): number => pattern.split('/').length * 2 + (pattern.endsWith('{proxy+}') ? 0 : 1);
