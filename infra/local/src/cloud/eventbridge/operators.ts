import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../wire/json-protocol.ts';
import { cidrMatcher } from './cidr.ts';
import { wildcardMatcher } from './wildcard.ts';

/** A value of an event that can be matched: everything that is not an object or list. */
export type Scalar = string | number | boolean | null;
export type Test = (value: Scalar) => boolean;

/** A pattern that AWS would refuse, and why. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching */
const largestNumber = 5.0e9;

/** One operator object of a leaf: `{"prefix": "a"}`. `exists` is not among them: it looks at the field, not at a value. */
export function operatorTest(operator: JsonObject): Test {
  const [entry, ...more] = Object.entries(operator);
  if (entry === undefined || more.length > 0) throw new PatternError('A match type must have exactly one key');
  const [name, operand] = entry;
  switch (name) {
    case 'prefix':
      return affixTest(name, operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return affixTest(name, operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return ignoringCase(textOf(name, operand));
    case 'wildcard':
      return wildcard(textOf(name, operand));
    case 'cidr':
      return onText(cidrMatcher(textOf(name, operand)) ?? fail(`Malformed CIDR: ${JSON.stringify(operand)}`));
    case 'numeric':
      return numeric(operand);
    case 'anything-but':
      return anythingBut(operand);
    default:
      throw new PatternError(`Unrecognized match type ${name}`);
  }
}

function affixTest(name: string, operand: Json | undefined, holds: (text: string, part: string) => boolean): Test {
  if (isJsonObject(operand)) {
    const part = textOf(name, only(operand, 'equals-ignore-case', name)).toLowerCase();
    return onText((text) => holds(text.toLowerCase(), part));
  }
  const part = textOf(name, operand);
  return onText((text) => holds(text, part));
}

function ignoringCase(wanted: string): Test {
  const folded = wanted.toLowerCase();
  return onText((text) => text.toLowerCase() === folded);
}

function wildcard(text: string): Test {
  return onText(wildcardMatcher(text) ?? fail(`Invalid wildcard: ${text}`));
}

/** `["<", 10]`, `[">", 0, "<=", 5]`, `["=", 3]`. */
function numeric(operand: Json | undefined): Test {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return fail('Value of numeric must be an array of 2 or 4');
  const tests: Test[] = [];
  for (let index = 0; index < operand.length; index += 2) tests.push(comparison(operand[index], operand[index + 1]));
  const [first, , second] = operand;
  const isRange = (first === '>' || first === '>=') && (second === '<' || second === '<=');
  if (operand.length === 4 && !isRange) return fail('A numeric range must be a lower bound, then an upper bound');
  const [low, high] = [operand[1], operand[3]];
  if (typeof low === 'number' && typeof high === 'number' && low >= high) return fail('Bottom must be less than top');
  return (value) => tests.every((test) => test(value));
}

function comparison(sign: Json | undefined, bound: Json | undefined): Test {
  if (typeof bound !== 'number') return fail('Value of numeric must be a number');
  if (Math.abs(bound) > largestNumber) return fail('Value of numeric must be between -5.0e9 and 5.0e9');
  const onNumber = (holds: (value: number) => boolean): Test => (value) => typeof value === 'number' && holds(value);
  switch (sign) {
    case '=':
      return onNumber((value) => value === bound);
    case '<':
      return onNumber((value) => value < bound);
    case '<=':
      return onNumber((value) => value <= bound);
    case '>':
      return onNumber((value) => value > bound);
    case '>=':
      return onNumber((value) => value >= bound);
    default:
      return fail(`Unrecognized numeric range operator: ${JSON.stringify(sign)}`);
  }
}

/** A scalar, a list of strings or of numbers, or one of the operators on text with one or several operands. */
function anythingBut(operand: Json | undefined): Test {
  if (isJsonObject(operand)) return not(anythingButOperator(operand));
  const values = listOf(operand);
  const kinds = new Set(values.map((value) => typeof value));
  if (values.length === 0 || kinds.size > 1 || !values.every((value) => typeof value === 'string' || typeof value === 'number')) {
    return fail('Value of anything-but must be a string, a number, or a list of only strings or only numbers');
  }
  const excluded = new Set<Scalar>(values);
  return (value) => !excluded.has(value);
}

function anythingButOperator(operator: JsonObject): Test {
  const [entry, ...more] = Object.entries(operator);
  if (entry === undefined || more.length > 0) return fail('Value of anything-but must have exactly one key');
  const [name, operand] = entry;
  const test = (text: Json): Test => {
    switch (name) {
      case 'prefix':
      case 'suffix':
      case 'equals-ignore-case':
      case 'wildcard':
        return operatorTest({ [name]: text });
      default:
        return fail(`Unsupported anything-but pattern: ${name}`);
    }
  };
  const tests = listOf(operand).map(test);
  if (tests.length === 0) return fail(`Value of ${name} must not be empty`);
  return (value) => tests.some((one) => one(value));
}

function not(test: Test): Test {
  return (value) => !test(value);
}

function onText(test: (text: string) => boolean): Test {
  return (value) => typeof value === 'string' && test(value);
}

function listOf(operand: Json | undefined): Json[] {
  if (operand === undefined) return [];
  return Array.isArray(operand) ? operand : [operand];
}

function textOf(name: string, operand: Json | undefined): string {
  return typeof operand === 'string' ? operand : fail(`Value of ${name} must be a string`);
}

function only(operand: JsonObject, key: string, name: string): Json | undefined {
  const keys = Object.keys(operand);
  return keys.length === 1 && keys[0] === key ? operand[key] : fail(`Value of ${name} can only be a string or {"${key}": …}`);
}

function fail(reason: string): never {
  throw new PatternError(reason);
}
