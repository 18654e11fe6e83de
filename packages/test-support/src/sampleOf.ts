import type { Schema } from '@app/contracts';
import * as fc from 'fast-check';

export const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';

const ofFormat: Readonly<Record<string, string | undefined>> = {
  'date-time': '2999-01-01T00:00:00.000Z',
  email: 'ada@example.com',
  'media-type': 'text/plain',
  uuid: id,
};

/** A text of this many characters, if it has to have some. */
const sampleText = ({ format, pattern, minLength = 1 }: Schema) => {
  if (typeof pattern === 'string') return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 1 })[0];
  return ofFormat[String(format)] ?? 'x'.repeat(Number(minLength));
};

const sampleObject = ({ properties, required = [], minProperties = 0 }: Schema) => {
  const members = Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>);
  const needed = members.filter(([name]) => (required as readonly string[]).includes(name));
  const chosen = needed.length < Number(minProperties) ? members.slice(0, Number(minProperties)) : needed;
  return Object.fromEntries(chosen.map(([name, schema]) => [name, sampleOf(schema)]));
};

/** The smallest value that a schema of a request takes. */
export const sampleOf = (schema: Schema): unknown => {
  if ('const' in schema) return schema.const;
  if (schema.enum) return (schema.enum as readonly unknown[])[0];
  const [type] = [schema.type].flat();
  if (type === 'object') return sampleObject(schema);
  if (type === 'array')
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleOf(schema.items as Schema));
  if (type === 'integer' || type === 'number') return Number(schema.minimum ?? 0);
  return type === 'boolean' ? true : sampleText(schema);
};

/** A field of an object that takes any text. */
export const textFieldOf = ({ properties }: Schema): string | undefined =>
  Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>).find(
    ([, { type, ...more }]) => type === 'string' && !('enum' in more || 'format' in more || 'pattern' in more),
  )?.[0];
