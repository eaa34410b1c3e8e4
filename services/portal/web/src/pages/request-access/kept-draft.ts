import type { Askable } from '../../../../api/src/contract/index.ts';
import { emptyDraft } from './draft.ts';
import type { Draft } from './draft.ts';

/** Signing in again leaves the page: what was filled in waits in this tab. */
const KEY = 'team.draft';

export function keepDraft(draft: Draft | undefined): void {
  if (draft) window.sessionStorage.setItem(KEY, JSON.stringify(draft));
  else window.sessionStorage.removeItem(KEY);
}

/** What was filled in before, or nothing. */
export function keptDraft(): Draft {
  const text = window.sessionStorage.getItem(KEY);
  const value: unknown = text === null ? undefined : JSON.parse(text);
  return isDraft(value) ? value : emptyDraft;
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
