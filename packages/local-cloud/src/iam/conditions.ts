import { BlockList, isIP } from 'node:net';
import { arnMatches, isArn, matches } from './patterns.ts';
import { type Conditions, listOf } from './statements.ts';

/** What is known of a call, by condition key in lower case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

type Test = (given: string, wanted: string) => boolean;

const number =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (given, wanted) =>
    compare(Number(given), Number(wanted));
const date =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (given, wanted) =>
    compare(timeOf(given), timeOf(wanted));

/** ISO 8601, or seconds since the epoch. */
const timeOf = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));

/** In CIDR notation; without a length, one address. A range of IPv6 holds no address of IPv4. */
const isInRange: Test = (given, range) => {
  const [network = '', length] = range.split('/');
  const version = isIP(network);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const addresses = new BlockList();
  addresses.addSubnet(network, Number(length ?? (version === 4 ? 32 : 128)), family);
  return addresses.check(given, family);
};
const equal: Test = (given, wanted) => given === wanted;
const sameText: Test = (given, wanted) => given.toLowerCase() === wanted.toLowerCase();
const like: Test = (given, wanted) => matches(wanted, given);
const arnLike: Test = (given, wanted) => isArn(wanted) && arnMatches(wanted, given);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, { readonly test: Test; readonly isNegated?: true }>> = {
  ArnEquals: { test: arnLike },
  ArnLike: { test: arnLike },
  ArnNotEquals: { test: arnLike, isNegated: true },
  ArnNotLike: { test: arnLike, isNegated: true },
  BinaryEquals: { test: equal },
  Bool: { test: sameText },
  DateEquals: { test: date((a, b) => a === b) },
  DateGreaterThan: { test: date((a, b) => a > b) },
  DateGreaterThanEquals: { test: date((a, b) => a >= b) },
  DateLessThan: { test: date((a, b) => a < b) },
  DateLessThanEquals: { test: date((a, b) => a <= b) },
  DateNotEquals: { test: date((a, b) => a === b), isNegated: true },
  IpAddress: { test: isInRange },
  NotIpAddress: { test: isInRange, isNegated: true },
  NumericEquals: { test: number((a, b) => a === b) },
  NumericGreaterThan: { test: number((a, b) => a > b) },
  NumericGreaterThanEquals: { test: number((a, b) => a >= b) },
  NumericLessThan: { test: number((a, b) => a < b) },
  NumericLessThanEquals: { test: number((a, b) => a <= b) },
  NumericNotEquals: { test: number((a, b) => a === b), isNegated: true },
  StringEquals: { test: equal },
  StringEqualsIgnoreCase: { test: sameText },
  StringLike: { test: like },
  StringNotEquals: { test: equal, isNegated: true },
  StringNotEqualsIgnoreCase: { test: sameText, isNegated: true },
  StringNotLike: { test: like, isNegated: true },
};

const parsed = (name: string) => {
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  return { set, base, ifExists: ifExists !== undefined };
};

/** Whether one line of a condition holds: an operator, a key, and the values any of which will do. */
const holdsFor = (operator: string, wanted: readonly string[], given: readonly string[] | undefined): boolean => {
  const { set, base, ifExists } = parsed(operator);
  const isMissing = given === undefined || given.length === 0;
  if (base === 'Null') return wanted.some((value) => sameText(value, String(isMissing)));
  const known = operators[base];
  if (!known) throw new Error(`There is no condition operator ${operator}.`);
  const { test, isNegated = false } = known;
  const passes = (value: string) => wanted.some((each) => test(value, each)) !== isNegated;
  if (isMissing) return set === undefined ? ifExists || isNegated : set === 'ForAllValues';
  if (set === 'ForAnyValue') return given.some(passes);
  return (set !== undefined || given.length === 1) && given.every(passes); // more values than one need a set operator
};

/** Whether all of a statement's conditions hold. Throws for an operator that there is not. */
export const conditionsHold = (conditions: Conditions | undefined, context: RequestContext): boolean =>
  Object.entries(conditions ?? {}).every(([operator, lines]) =>
    Object.entries(lines).every(([key, wanted]) =>
      holdsFor(operator, listOf(wanted).map(String), context.get(key.toLowerCase())),
    ),
  );
