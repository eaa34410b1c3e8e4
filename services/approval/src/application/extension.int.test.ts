import { running } from '../../test/running.ts';
import { idOf, minute, only, requestId, start } from '../../test/scenario.ts';
import { accepted, submitted } from '../../test/service.ts';

const extension = idOf('extension');
const asks = (durationMinutes = 30) => accepted({ requestId: extension, extends: requestId, stretch: { requestId, durationMinutes: 150 }, durationMinutes });
const approves = () => submitted('anna', asks().data, { claims: { requestId: extension }, decisionId: idOf('another decision') });

const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

describe('an extension', () => {
  it('is decided on like a request; whoever is asked sees what it extends, and how long the whole lasts', async () => {
    const { accept, decide, published } = running();
    await accept();
    await decide();
    published.length = 0;
    await accept(asks());
    expect(only(published, 'ApprovalRequested.v1')).toMatchObject({ requestId: extension, extends: requestId, stretch: { requestId, durationMinutes: 150 } });
    await decide({ ...approves(), data: { ...approves().data, requestId: extension } });
    expect(only(published, 'AccessApproved.v1')).toMatchObject({ requestId: extension, extends: requestId, stretch: { requestId } });
  });

  it('may last its duration longer than what it extends can, and may be opened within the hour after it is approved', async () => {
    const { accept, decide, published, clock } = running();
    await accept();
    await decide();
    const [first] = published.flatMap((event) => (event.type === 'AccessApproved.v1' ? [event.data.window] : []));
    expect(first?.latestEnd).toBe(at(60 + 120 + 15));
    clock.advance(20 * minute);
    published.length = 0;
    await accept(asks());
    await decide({ ...approves(), data: { ...approves().data, requestId: extension } });
    expect(only(published, 'AccessApproved.v1').window).toEqual({ notBefore: at(20), openBy: at(80), durationMinutes: 30, latestEnd: at(195 + 30) });
  });

  it.each([
    ['nobody has heard of', async () => undefined],
    ['still waits for approval', async (of: ReturnType<typeof running>) => of.accept()],
  ])('of a request that %s is denied at once, with why', async (_case, before) => {
    const of = running();
    await before(of);
    of.published.length = 0;
    await of.accept(asks());
    expect(of.types()).toEqual(['AccessDenied.v1']);
    expect(only(of.published, 'AccessDenied.v1').reason.code).toBe('ERR_EXTENDS_NOT_APPROVED');
  });
});
