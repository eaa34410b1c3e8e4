import type { PolicyKind } from '../../../../api/src/contract/index.ts';

/** What each kind of policy is to people, in the order in which they look for them. */
export const kinds: readonly { readonly kind: PolicyKind; readonly text: string; readonly template: string }[] = [
  {
    kind: 'EligibilityPolicy',
    text: 'Who may ask',
    template: 'kind: EligibilityPolicy\nname: a-new-policy\nprincipals:\n  groups: []\ntargets:\n  accounts: []\npermissionSets: []\nmaximumDurationMinutes: 60\napproval: required\n',
  },
  {
    kind: 'ApproverPolicy',
    text: 'Who may say yes',
    template: 'kind: ApproverPolicy\nname: a-new-policy\ntargets:\n  accounts: []\nstages:\n  - approvers:\n      groups: []\n    quorum: 1\n',
  },
  { kind: 'Limits', text: 'Limits', template: '' },
  { kind: 'Bundle', text: 'Bundles', template: 'kind: Bundle\nname: a-new-bundle\ndescription: \ntargets:\n  accounts: []\npermissionSets: []\n' },
];

export const kindInWords = (kind: PolicyKind): string => kinds.find((one) => one.kind === kind)?.text ?? kind;
