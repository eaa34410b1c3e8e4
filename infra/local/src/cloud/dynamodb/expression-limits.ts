import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../json.ts';

/** "The maximum length of any expression string is 4 KB": of the text as sent, before placeholders are replaced. */
const mostBytes = 4_096;
/** "The maximum number of operators or functions allowed in an UpdateExpression is 300"; DynamoDB holds conditions to it, too. */
const mostOperators = 300;

const conditions = ['ConditionExpression', 'FilterExpression', 'KeyConditionExpression'];
const expressions = [...conditions, 'UpdateExpression', 'ProjectionExpression'];

/**
 * Refuses an expression that DynamoDB would refuse for its length or its number of operators, which dynalite takes.
 * Limits: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
 * That page does not give the wording; people met it: https://github.com/aws/aws-sdk-java-v2/issues/4597 and
 * https://github.com/aws/aws-sdk-js/issues/3721
 */
export function checkExpressions(input: JsonObject): void {
  for (const name of expressions) {
    const text = input[name];
    if (typeof text !== 'string') continue;
    if (Buffer.byteLength(text) > mostBytes) {
      throw new AwsError('ValidationException', `Invalid ${name}: Expression size has exceeded the maximum allowed size;`);
    }
    const operators = conditions.includes(name) ? operatorsOfCondition(text) : name === 'UpdateExpression' ? operatorsOfUpdate(text) : 0;
    if (operators > mostOperators) {
      throw new AwsError('ValidationException', `Invalid ${name}: The expression contains too many operators; operator count: ${mostOperators + 1}`);
    }
  }
}

const functions = /\b(attribute_exists|attribute_not_exists|attribute_type|begins_with|contains|size|if_not_exists|list_append)\s*\(/g;
const comparators = /<>|<=|>=|<|>|=/g;
const words = /(?<![\w#:.])(and|or|not|between|in)(?!\w)/gi;

/** Comparisons, logical words and functions; the `AND` of a `BETWEEN` belongs to it. */
function operatorsOfCondition(text: string): number {
  const found = count(text, functions) + count(text, comparators) + count(text, words);
  return found - count(text, /(?<![\w#:.])between(?!\w)/gi);
}

/** "For example, the UpdateExpression SET a = :val1 + :val2 + :val3 contains two operators." What assigns is none. */
const operatorsOfUpdate = (text: string): number => count(text, functions) + count(text, /[+-]/g);

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
