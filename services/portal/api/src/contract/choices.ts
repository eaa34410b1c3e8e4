/**
 * Which requests: `mine` that I asked for or that are for me; `to-approve` that wait for my decision; `to-review` break glass that waits for my review; `decided` that I decided or reviewed;
 * `active` of which access stands or is on its way, as far as I may see it; `all` for auditors and administrators.
 */
export const lists = ['mine', 'to-approve', 'to-review', 'decided', 'active', 'all'] as const;

/** What policies can be of. */
export const policyKinds = ['EligibilityPolicy', 'ApproverPolicy', 'Limits', 'Bundle'] as const;
