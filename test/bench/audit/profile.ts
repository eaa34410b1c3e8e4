import { Session } from 'node:inspector/promises';

/** A part of the program, and its share (0 to 1) of the time in which the processor worked. */
export interface Share {
  readonly of: string;
  readonly share: number;
}

/** Where what runs in this process comes from, by the path of its file; the first that fits. */
const places: readonly (readonly [of: string, path: RegExp])[] = [
  ['the AWS SDK’s clients', /node_modules\/(@aws-sdk|@smithy|@aws|tslib|uuid|bowser)\//],
  ['zod', /node_modules\/zod\//],
  ['the local cloud', /infra\/local\//],
  ['the audit service', /services\/audit\//],
  ['shared code and contracts', /\/(shared|contracts)\//],
  ['the bench', /test\/bench\//],
  ['other packages', /node_modules\//],
  ['Node', /^node:|^$/],
];

/** Takes a profile while something runs: self time by where the code stands, largest first, waiting left out. */
export async function profiled(run: () => Promise<void>): Promise<readonly Share[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 1_000 });
    await session.post('Profiler.start');
    await run();
    const { profile } = await session.post('Profiler.stop');
    const samples = new Map<string, number>();
    for (const { callFrame, hitCount = 0 } of profile.nodes) {
      const { functionName, url } = callFrame;
      if (functionName === '(idle)' || functionName === '(root)') continue;
      const of = functionName === '(garbage collector)' ? 'collecting garbage' : (places.find(([, path]) => path.test(url))?.[0] ?? 'others');
      samples.set(of, (samples.get(of) ?? 0) + hitCount);
    }
    const all = [...samples.values()].reduce((sum, one) => sum + one, 0);
    return [...samples].map(([of, hits]) => ({ of, share: hits / all })).toSorted((a, b) => b.share - a.share);
  } finally {
    session.disconnect();
  }
}
