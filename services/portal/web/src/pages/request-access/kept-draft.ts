import type { Askable, AskableBundle } from '../../../../api/src/contract/index.ts';
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
  const bundles = fields.get('bundles');
  return alike && Array.isArray(targets) && targets.every(isAskable) && Array.isArray(bundles) && bundles.every(isBundle);
}

function isAskable(value: unknown): value is Askable {
  const fields = fieldsOf(value);
  const words = ['accountId', 'accountName', 'permissionSetArn', 'permissionSetName'];
  return words.every((name) => typeof fields.get(name) === 'string') && typeof fields.get('maximumMinutes') === 'number' && typeof fields.get('breakGlass') === 'boolean';
}

function isBundle(value: unknown): value is AskableBundle {
  const fields = fieldsOf(value);
  const [accounts, sets] = [fields.get('accounts'), fields.get('permissionSets')];
  const named = (all: unknown, names: readonly string[]): boolean => Array.isArray(all) && all.every((one) => names.every((name) => typeof fieldsOf(one).get(name) === 'string'));
  const counted = ['targetCount', 'askableCount', 'maximumMinutes'].every((name) => typeof fields.get(name) === 'number');
  return typeof fields.get('bundleId') === 'string' && counted && typeof fields.get('breakGlass') === 'boolean' && named(accounts, ['accountId', 'accountName']) && named(sets, ['permissionSetArn', 'permissionSetName']);
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
