import * as fc from 'fast-check';
import { itemId, requestId } from './rows.ts';

/** Texts of any UTF-16 code units: lone surrogates, noncharacters and controls among them. */
const anyUnits = fc
  .array(fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

const deep = (depth: number) => '[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth);

const hostile = fc.constantFrom(
  '',
  '\ud83d',
  '\ude00',
  '\ufffe\uffff',
  '\0',
  `${'a'.repeat(35)}😀`,
  '__proto__',
  'constructor',
  'x'.repeat(128 * 1024),
  '😀'.repeat(32 * 1024),
  '"'.repeat(32 * 1024),
  deep(5000),
);

/** Ids: right ones, and what looks much like them. */
const nearlyIds = fc
  .tuple(fc.constantFrom(requestId, itemId, requestId.toUpperCase()), fc.nat({ max: 36 }), anyUnits)
  .map(([id, place, text]) => id.slice(0, place) + text);

export const anyText = fc.oneof(anyUnits, hostile, nearlyIds, fc.constant(requestId), fc.uuid());

export const anyValue = fc.oneof(anyText, fc.anything({ maxDepth: 3, values: [anyText, fc.double(), fc.boolean()] }));

const json = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return ''; // a bigint
  }
};

/** Bodies of messages and requests: well-formed ones, nearly so, and anything. */
export const anyBody = fc.oneof(
  anyText,
  anyValue.map(json),
  fc.record({ action: anyValue, requestId: anyValue }, { requiredKeys: [] }).map(json),
  fc.record({ name: anyText, description: anyText, quantity: anyValue, [requestId]: anyValue }).map(json),
  fc.record({ name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }) }).map(json),
);
