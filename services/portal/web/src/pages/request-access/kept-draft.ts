import type { Askable } from '../../../../api/src/contract/index.ts';
import { emptyDraft } from './draft.ts';
import type { Draft } from './draft.ts';

/** What was filled in before, as it was kept; undefined where it is of an older version, or of somebody's hand. */
export function keptDraft(value: unknown): Draft | undefined {
  return isDraft(value) ? value : undefined;
}

function isDraft(value: unknown): value is Draft {
  const fields = fieldsOf(value);
  const alike = Object.entries(emptyDraft).every(([name, empty]) => typeof fields.get(name) === typeof empty);
  const targets = fields.get('targets');
  return alike && Array.isArray(targets) && targets.every(isAskable);
}

function isAskable(value: unknown): value is Askable {
  const fields = fieldsOf(value);
  const words = ['accountId', 'accountName', 'permissionSetArn', 'permissionSetName'];
  return words.every((name) => typeof fields.get(name) === 'string') && typeof fields.get('maximumMinutes') === 'number' && typeof fields.get('breakGlass') === 'boolean';
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
