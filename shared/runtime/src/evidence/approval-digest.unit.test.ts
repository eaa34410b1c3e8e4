import { accessApprovedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { approvalDigestOf } from './claims.ts';

const id = (n: number): string => `93672a4c-000${n}-7001-8001-000000000001`;
const person = (n: number) => ({ userId: id(n), userName: `person ${n}`, displayName: `Person ${n}` });
/** One that says everything that an approval can say. */
const example = exampleOf(accessApprovedV1, {
  requester: person(1),
  askedBy: person(2),
  approvals: [{ decisionId: id(3), decider: person(4), onBehalfOf: person(8), decidedAt: '2026-11-22T10:00:00.000Z' }],
  decisions: ['de.ci.sion'],
  revocableBy: { groupIds: [id(5)], userIds: [id(6)] },
  extends: id(7),
  stretch: { requestId: id(8), durationMinutes: 90 },
});

/** Paths of all that a value says. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([name, member]) => pathsIn(member).map((path) => [name, ...path]));
}

/** The same with something else at a path. */
function changed(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)}x`;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === name ? changed(item, rest) : item));
  return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, key === name ? changed(member, rest) : (member as unknown)]));
}

const digestAfter = (path: readonly string[]): string => approvalDigestOf(changed(example, path) as typeof example);

describe('the digest of an approval', () => {
  const paths = pathsIn(example);

  it.each(paths.filter((path) => path.at(-1) !== 'proof').map((path) => path.join('.')))('covers %s', (path) => {
    expect(digestAfter(path.split('.'))).not.toBe(approvalDigestOf(example));
  });

  it('does not cover the proofs, in which it stands, nor what a later minor adds', () => {
    expect(digestAfter(['grants', '0', 'proof'])).toBe(approvalDigestOf(example));
    expect(approvalDigestOf({ ...example, ...{ added: 'later' } })).toBe(approvalDigestOf(example));
  });

  it('is the same for what is left out and for what is undefined', () => {
    const { askedBy: _askedBy, ...without } = example;
    expect(approvalDigestOf({ ...without, askedBy: undefined })).toBe(approvalDigestOf(without));
  });
});
