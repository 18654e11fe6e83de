import { isList, isObject, type Value } from './template.ts';

/** Lists of which the order says nothing. Any other keeps its order. */
const policyLists = ['Action', 'NotAction', 'Resource', 'NotResource', 'Statement', 'AWS', 'Service', 'Federated'];
const tableLists = ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'KeySchema', 'NonKeyAttributes'];
const alarmLists = ['AlarmActions', 'Dimensions', 'InsufficientDataActions', 'Metrics', 'OKActions'];
const corsLists = ['AllowedHeaders', 'AllowedMethods', 'AllowedOrigins', 'ExposedHeaders'];
const others = ['FunctionResponseTypes', 'LocalSecondaryIndexes', 'ManagedPolicyArns', 'Policies', 'Tags'];
const unordered = new Set([...policyLists, ...tableLists, ...alarmLists, ...corsLists, ...others]);

/** In policies one value and a list of one mean the same. */
const oneOrMany = new Set(policyLists);

const reference = (text: string): Value => ({ 'Fn::Sub': text });

/** The text of a canonical value, with references as `${Table.Arn}`: undefined where it is no text. */
const textOf = (value: Value | undefined): string | undefined => {
  if (typeof value === 'string') return value.replaceAll('${', '${!');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isObject(value) && typeof value['Fn::Sub'] === 'string') return value['Fn::Sub'];
  return undefined;
};

/** A text without references is a plain string. */
const plainIfPossible = (text: string): Value =>
  /\$\{(?!!)/.test(text) ? reference(text) : text.replaceAll('${!', '${');

const substituted = (text: string, variables: { readonly [name: string]: Value }): Value | undefined => {
  const texts = Object.entries(variables).map(([name, value]) => [name, textOf(value)] as const);
  if (texts.some(([, value]) => value === undefined)) return undefined;
  const known = new Map(texts);
  return plainIfPossible(text.replaceAll(/\$\{([^!}]+)\}/g, (whole, name: string) => known.get(name) ?? whole));
};

const joined = (separator: Value | undefined, parts: Value | undefined): Value | undefined => {
  if (typeof separator !== 'string' || !isList(parts)) return undefined;
  const texts = parts.map(textOf);
  return texts.includes(undefined) ? undefined : plainIfPossible(texts.join(separator.replaceAll('${', '${!')));
};

/** `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join` in one form, where they come to a text. */
const textFunction = (name: string, argument: Value): Value | undefined => {
  if (name === 'Ref' && typeof argument === 'string') return reference(`\${${argument}}`);
  if (name === 'Fn::GetAtt') {
    const parts = isList(argument) ? argument : [argument];
    return parts.every((part) => typeof part === 'string') ? reference(`\${${parts.join('.')}}`) : undefined;
  }
  if (name === 'Fn::Join' && isList(argument)) return joined(argument[0], argument[1]);
  if (name !== 'Fn::Sub') return undefined;
  if (typeof argument === 'string') return plainIfPossible(argument);
  const [text, variables] = isList(argument) ? argument : [];
  return typeof text === 'string' && isObject(variables) ? substituted(text, variables) : undefined;
};

const compareText = (left: string, right: string) => Number(left > right) - Number(left < right);

const canonicalList = (list: readonly Value[], name: string | undefined): Value => {
  const values = list.map((value) => canonical(value));
  if (name === undefined || !unordered.has(name)) return values;
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].toSorted(([left], [right]) => compareText(left, right)).map(([, value]) => value);
};

/**
 * A value in the one form that all spellings of it share: names sorted, functions that make texts as one `Fn::Sub`, lists
 * sorted where their order says nothing.
 */
export const canonical = (value: Value, name?: string): Value => {
  if (isList(value)) return canonicalList(value, name);
  if (!isObject(value)) return name !== undefined && oneOrMany.has(name) ? [value] : value;
  const entries = Object.entries(value).map(([key, each]) => [key, canonical(each, key)] as const);
  const [only] = entries;
  const text = only !== undefined && entries.length === 1 ? textFunction(...only) : undefined;
  const result = text ?? Object.fromEntries(entries.toSorted(([left], [right]) => compareText(left, right)));
  return name !== undefined && oneOrMany.has(name) ? [result] : result;
};

/** A canonical value for people: a text as it is, with references as `${Table.Arn}`; anything else as JSON. */
export const shown = (value: Value | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return textOf(value) ?? JSON.stringify(value, (_, each: Value) => (isObject(each) ? (textOf(each) ?? each) : each));
};
