import { besideEachOther } from './on-dispatcher-due.ts';

describe('duties of one minute', () => {
  it('are done although another fails, and what failed is said', async () => {
    const done: string[] = [];
    const fails = () => Promise.reject(new Error('no'));
    const duties = besideEachOther(fails, async () => void done.push('wake'), fails);
    await expect(duties).rejects.toMatchObject({ message: '2 of 3 duties of the minute failed', errors: [{ message: 'no' }, { message: 'no' }] });
    expect(done).toEqual(['wake']);
  });

  it('do not wait for one that hangs', async () => {
    const woken = new Promise<string>((resolve) => void besideEachOther(() => new Promise(() => undefined), async () => resolve('woken')));
    expect(await woken).toBe('woken');
  });

  it('say nothing where all were done', async () => {
    expect(await besideEachOther(async () => undefined)).toBeUndefined();
  });
});
