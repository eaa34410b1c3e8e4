/** The text of a policy as somebody changes it, and the version that they had before them when they began (0: it is a new one). */
export interface EditedPolicy {
  readonly text: string;
  readonly version: number;
}

/** What was kept of an earlier visit; undefined where it is of an older version of this page, or of somebody's hand. */
export function editedPolicy(value: unknown): EditedPolicy | undefined {
  const known = typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'version' in value && typeof value.version === 'number';
  return known ? { text: String(value.text), version: Number(value.version) } : undefined;
}

/**
 * Why the text cannot be submitted as it stands; undefined: it can. Others may have changed the policy since it was opened, which the text
 * would silently undo: so it counts against the version that it was made from, and not against the one that stands when it is planned.
 */
export function outdated(edited: EditedPolicy, standing: number | undefined, planned: number | undefined): string | undefined {
  const newest = Math.max(standing ?? 0, planned ?? 0);
  if (newest === edited.version) return undefined;
  if (edited.version === 0) return 'There is a policy of this name already. Open it to change it, or choose another name.';
  return newest > edited.version ? `It was changed since you opened it: what you see was made from version ${edited.version}, and version ${newest} is in force.` : undefined;
}
