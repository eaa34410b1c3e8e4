/** What the id of a policy or a bundle looks like. */
export const policyIdPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
