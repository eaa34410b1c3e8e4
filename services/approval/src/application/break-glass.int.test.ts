import fc from 'fast-check';
import { ended, reviewed } from '../../test/after.ts';
import { running } from '../../test/running.ts';
import { idOf, person } from '../../test/scenario.ts';
import { accepted, delegated } from '../../test/service.ts';
import type { ApprovalEvent } from '../domain/events.ts';

const admins = { groupIds: [idOf('administrators')], userIds: [] };
const glass = (more: Parameters<typeof accepted>[0] = {}) => accepted({ breakGlass: true, approvalRequired: false, reviewWithinMinutes: 1_440, administrators: admins, ...more });
const of = <Type extends ApprovalEvent['type']>(events: readonly ApprovalEvent[], type: Type) => events.filter((event): event is Extract<ApprovalEvent, { type: Type }> => event.type === type);

describe('break glass', () => {
  it('is approved at once, and reviewed by whom approval would have asked', async () => {
    const at = running();
    await at.accept(glass());
    expect(at.types()).toEqual(['AccessApproved.v1']);
    await at.end(ended(glass()));
    expect(of(at.published, 'AccessReviewRequested.v1').map(({ data }) => data.reviewers)).toEqual([{ groupIds: [idOf('administrators'), idOf('leads')], userIds: [] }]);
    await at.review(reviewed('anna'));
    expect(at.types()).toEqual(['AccessApproved.v1', 'AccessReviewRequested.v1', 'AccessReviewed.v1']);
  });

  it('can be extended, by break glass that is reviewed for itself', async () => {
    const at = running();
    const requestId = idOf('extension');
    await at.accept(glass());
    const extension = glass({ requestId, extends: glass().data.requestId, stretch: { requestId: glass().data.requestId, durationMinutes: 240 } });
    await at.accept(extension);
    expect(at.types()).toEqual(['AccessApproved.v1', 'AccessApproved.v1']);
    await at.end(ended(glass()));
    await at.end(ended(extension));
    expect(of(at.published, 'AccessReviewRequested.v1').map(({ data }) => data.requestId)).toEqual([glass().data.requestId, requestId]);
  });

  it('does not wait for approver policies that cannot be read, nor for some that are not there', async () => {
    for (const load of [() => Promise.reject(Object.assign(new Error('not what its key says'), { code: 'ERR_POLICY_STORED_WRONG' })), () => Promise.resolve([])]) {
      const at = running();
      Object.assign(at.ports.policies, { load });
      await at.accept(glass());
      await at.end(ended(glass()));
      expect(of(at.published, 'AccessReviewRequested.v1').map(({ data }) => data.reviewers)).toEqual([admins]);
    }
  });

  it('is reviewed through registered channels alone, with their signature of this kind', async () => {
    const at = running();
    await at.accept(glass());
    await at.end(ended(glass()));
    for (const event of [reviewed('anna', { from: 'acme.pipeline' }), reviewed('anna', { key: 'other' }), reviewed('anna', { type: 'team-decision+jws' })]) await at.review(event);
    expect(of(at.published, 'AccessReviewRefused.v1').map(({ data }) => data.reasons.map(({ code }) => code))).toEqual([['ERR_CHANNEL_UNKNOWN'], ['ERR_REVIEW_SIGNATURE'], ['ERR_REVIEW_SIGNATURE']]);
  });
});

const names = ['dana', 'zoe', 'anna', 'ben', 'carl'];
const groups = ['developers', 'leads', 'administrators'];

it('nobody reviews their own break glass, nor one they asked for: whatever groups, administrators, delegations and spellings', async () => {
  const memberships = fc.array(fc.record({ name: fc.constantFrom(...names), memberOf: fc.subarray(groups) }), { maxLength: 8 });
  const delegations = fc.array(fc.record({ by: fc.constantFrom(...names), to: fc.constantFrom(...names) }), { maxLength: 4 });
  const reviews = fc.array(fc.record({ name: fc.constantFrom(...names), claimed: fc.constantFrom(undefined, ...names), as: fc.constantFrom('id', 'name', 'NAME') }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(memberships, delegations, reviews, fc.subarray(names), fc.boolean(), async (members, delegating, reviewing, administrators, forAnother) => {
      const at = running();
      for (const name of names) at.people.set(name, person(name, ...(members.findLast((one) => one.name === name)?.memberOf ?? [])));
      const { userId, userName } = person('zoe');
      const event = glass({ administrators: { ...admins, userIds: administrators.map(idOf) }, ...(forAnother ? { askedBy: { userId, userName } } : {}) });
      for (const { by, to } of delegating) await at.delegate(delegated(by, to));
      await at.accept(event);
      await at.end(ended(event));
      for (const { name, claimed, as } of reviewing) {
        const spelled = ({ userId: id, userName: called }: { readonly userId: string; readonly userName: string }) => (as === 'id' ? id : as === 'name' ? called : called.toUpperCase());
        await at.review(reviewed(name, { as: spelled, ...(claimed === undefined ? {} : { claims: { reviewer: person(claimed).userId } }) }));
      }
      const interested = ['dana', ...(forAnother ? ['zoe'] : [])].map((name) => person(name).userId);
      const done = of(at.published, 'AccessReviewed.v1').map(({ data }) => data.reviewer.userId);
      expect(done.filter((id) => interested.includes(id))).toEqual([]);
      expect(done.length).toBeLessThanOrEqual(1);
      expect(of(at.published, 'AccessReviewed.v1').length + of(at.published, 'AccessReviewRefused.v1').length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
});
