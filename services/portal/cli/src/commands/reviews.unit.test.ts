import { accessApprovedV1, accessReviewedV1, accessReviewOverdueV1, accessReviewRequestedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../../test/recorded.ts';
import { auditOver, scriptedCloud, ServiceError } from '../../test/scripted-cloud.ts';

const idOf = (n: number): string => `3f2a1b4c-0000-4000-8000-00000000000${n}`;
const glass = (n: number) => recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId: idOf(n), breakGlass: true }));
const asked = (n: number) => recorded(accessReviewRequestedV1, exampleOf(accessReviewRequestedV1, { requestId: idOf(n) }));
const overdue = (n: number) => recorded(accessReviewOverdueV1, exampleOf(accessReviewOverdueV1, { requestId: idOf(n) }));
const reviewed = (n: number) => recorded(accessReviewedV1, exampleOf(accessReviewedV1, { requestId: idOf(n) }));
const usual = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId: idOf(9), breakGlass: false }));

describe('team reviews', () => {
  it('lists what nobody has reviewed, the overdue too, of the last thirty days', async () => {
    const { team, inputsOf } = scriptedCloud({ audit: auditOver([usual, glass(1), glass(2), asked(2), reviewed(2), glass(3), asked(3), overdue(4)]) }, 'Sun, 22 Nov 2026 10:00:00 GMT');
    const { code, said } = await team('reviews');
    expect(code).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(new RegExp(`^${idOf(1)}  BREAK GLASS by .*: review comes when its access is over$`)),
      expect.stringMatching(new RegExp(`^${idOf(3)}  BREAK GLASS by .*: review waits until `)),
      expect.stringMatching(new RegExp(`^${idOf(4)}  BREAK GLASS by .*: review OVERDUE since `)),
    ]);
    expect(inputsOf('audit')[0]).toMatchObject({ op: 'events', since: '2026-10-23T10:00:00.000Z' });
  });

  it('gives it as JSON, and ends with 0 where nothing is overdue', async () => {
    const { code, said } = await scriptedCloud({ audit: auditOver([glass(1), asked(1)]) }).team('reviews', '--json');
    expect([code, JSON.parse(said.join(''))]).toMatchObject([0, [{ requestId: idOf(1), review: { status: 'waiting' } }]]);
    await expect(scriptedCloud({ audit: auditOver([usual]) }).team('reviews')).resolves.toMatchObject({ code: 0, said: ['Nothing waits for review.'] });
    await expect(scriptedCloud({ audit: auditOver([]) }).team('reviews', '--since', 'lately')).resolves.toMatchObject({ code: 2 });
    await expect(scriptedCloud({}).team('review', idOf(1), 'fine', '--as', 'ana')).resolves.toMatchObject({ code: 2 });
  });

  it('asks what time it is before anything else: where that fails, nothing else fails unheard', async () => {
    const { team, calls } = scriptedCloud({ DescribeEventBus: () => new ServiceError('AccessDeniedException', 'not you', 403) });
    await expect(team('reviews')).resolves.toMatchObject({ code: 1, remarks: ['AccessDeniedException: not you'] });
    expect(calls).toHaveLength(1);
  });
});
