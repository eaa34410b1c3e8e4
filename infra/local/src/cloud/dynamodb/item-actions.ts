import deleteItem from 'dynalite/actions/deleteItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import validations from 'dynalite/validations/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import getItemRules from 'dynalite/validations/getItem.js';
import listTablesRules from 'dynalite/validations/listTables.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../json.ts';
import { checkExpressions } from './expression-limits.ts';

const actions = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchWriteItem: batchWriteItem,
};

const rules = {
  GetItem: getItemRules,
  PutItem: putItemRules,
  UpdateItem: updateItemRules,
  DeleteItem: deleteItemRules,
  Query: queryRules,
  Scan: scanRules,
  BatchWriteItem: batchWriteItemRules,
  BatchGetItem: batchGetItemRules,
  CreateTable: createTableRules,
  ListTables: listTablesRules,
};

export type ItemAction = keyof typeof actions;

export function isItemAction(action: string): action is ItemAction {
  return Object.hasOwn(actions, action);
}

/** Dynalite's checks of an input, and of its expressions' size: the checked input, parsed. Throws `AwsError` as AWS words it. */
export function checked(action: keyof typeof rules, input: JsonObject, store: object): JsonObject {
  checkExpressions(input);
  const { types, custom } = rules[action];
  try {
    const data = validations.checkTypes({ ...input }, types);
    validations.checkValidations(data, types, custom, store);
    return data;
  } catch (error) {
    throw asAwsError(error);
  }
}

interface Answer {
  readonly error: unknown;
  readonly output: object | undefined;
}

/** Runs one of dynalite's actions. A write has ended when this returns, and answers without a promise. */
export function perform(action: ItemAction, data: JsonObject, store: object): JsonObject | Promise<JsonObject> {
  const run: { answer?: Answer; wake?: (answer: Answer) => void } = {};
  actions[action](store, data, (error, output) => {
    run.answer = { error, output };
    run.wake?.(run.answer);
  });
  if (run.answer !== undefined) return unwrap(run.answer);
  return new Promise<Answer>((resolve) => (run.wake = resolve)).then(unwrap);
}

function unwrap({ error, output }: Answer): JsonObject {
  if (error !== null && error !== undefined) throw asAwsError(error);
  return { ...output };
}

/** Dynalite's errors carry the body that AWS would answer: `__type` with a namespace, and the message in either case. */
function asAwsError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('body' in error)) return error;
  const body = error.body;
  if (typeof body !== 'object' || body === null || !('__type' in body) || typeof body.__type !== 'string') return error;
  const message = 'message' in body ? body.message : 'Message' in body ? body.Message : '';
  const code = body.__type.slice(body.__type.indexOf('#') + 1);
  return new AwsError(code, String(message));
}
