import type { ValidationError } from '@app/contracts';
import type { Violation } from '@app/http';

const places: Readonly<Record<string, Violation['in']>> = { body: 'body', query: 'query', params: 'path' };

/** One step of a JSON Pointer (RFC 6901, 3). */
export const pointerTo = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The member that a violation is about, where Ajv names it apart from the path. */
const memberOf = ({ params }: ValidationError) =>
  (params.missingProperty ?? params.additionalProperty ?? params.property) as string | undefined;

type Reason = (params: ValidationError['params']) => string;

/** The reason in words, by the keyword that was violated. */
const reasons: Readonly<Record<string, Reason | undefined>> = {
  required: () => 'is required',
  additionalProperties: () => 'is not known',
  type: ({ type }) => `must be of type ${[type].flat().join(' or ')}`,
  const: ({ allowedValue }) => `must be ${String(allowedValue)}`,
  discriminator: ({ tag }) => `must have a known ${String(tag)}`,
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).join(', ')}`,
  format: ({ format }) => `must be a valid ${String(format)}`,
  pattern: ({ pattern }) => `must match ${String(pattern)}`,
  'x-future': () => 'must lie in the future',
  'x-ordered': ({ limit }) => `must not be later than ${String(limit)}`,
  minLength: ({ limit }) => `must have at least ${plural(limit, 'character')}`,
  maxLength: ({ limit }) => `must have no more than ${plural(limit, 'character')}`,
  minItems: ({ limit }) => `must have at least ${plural(limit, 'item')}`,
  maxItems: ({ limit }) => `must have no more than ${plural(limit, 'item')}`,
  uniqueItems: () => 'must have no item twice',
  minimum: ({ limit }) => `must be ${String(limit)} or more`,
  maximum: ({ limit }) => `must be ${String(limit)} or less`,
  minProperties: () => 'must have at least one field',
};

const plural = (count: unknown, noun: string) => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

/** An Ajv error as the violation that a caller reads: the part of the request, a pointer into it, the reason. */
export const toViolation = (error: ValidationError): Violation => {
  const [, part = '', ...path] = error.instancePath.split('/');
  const member = memberOf(error);
  const pointer = [...path.map((name) => `/${name}`), ...(member === undefined ? [] : [pointerTo(member)])];
  return {
    in: places[part] ?? 'body',
    pointer: pointer.join(''),
    detail: reasons[error.keyword]?.(error.params) ?? 'is not valid',
  };
};
