import { editedPolicy, outdated } from './edited-policy.ts';

const edited = { text: 'kind: Limits', version: 3 };

describe('a policy that somebody changes', () => {
  it('can be submitted while the version that they began from is in force', () => {
    expect([outdated(edited, 3, undefined), outdated(edited, 3, 3)]).toEqual([undefined, undefined]);
    expect(outdated({ text: '', version: 0 }, undefined, 0)).toBeUndefined();
  });

  it('cannot once another version is, whether that was seen in the list or with the plan', () => {
    expect(outdated(edited, 4, 3)).toContain('version 4 is in force');
    expect(outdated(edited, 3, 4)).toContain('version 4 is in force');
    expect(outdated(edited, 4, 4)).toContain('made from version 3');
  });

  it('cannot be new under a name that there is', () => {
    expect(outdated({ text: '', version: 0 }, undefined, 2)).toContain('There is a policy of this name already');
  });

  it('is what was kept, and nothing that is of another shape', () => {
    expect(editedPolicy({ ...edited, more: 1 })).toEqual(edited);
    expect([editedPolicy(undefined), editedPolicy('x'), editedPolicy({ text: 1, version: 1 }), editedPolicy({ text: 'x' })]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
