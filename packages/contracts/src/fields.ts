import { type Schema, schema, type TypeOf } from './schema.ts';

/** Fields and schemas that mean the same in every service. */
export const uuid = { type: 'string', format: 'uuid' } as const;
export const timestamp = { type: 'string', format: 'date-time' } as const;
/** A time that must lie in the future when it is given. */
export const expiry = { type: 'string', format: 'date-time', 'x-future': true } as const;
export const version = { type: 'integer', minimum: 1 } as const;

/** Longer than any cursor of ours, shorter than the 1,024 bytes that DynamoDB allows a sort key. */
const cursor = { type: 'string', minLength: 1, maxLength: 1000 } as const;
const limit = { type: 'integer', minimum: 1, maximum: 100, default: 25 } as const;

/** The query parameters of every list. A list with filters adds them: `{ properties: { ...pageParameters, status } }`. */
export const pageParameters = { limit, cursor } as const;

export type PageOf<Name extends string, Item> = Record<Name, Item[]> & { count: number; nextCursor?: string };

/** A page of resources under their own name: `{ "notes": […], "count": n, "nextCursor"?: "…" }`. */
// @__NO_SIDE_EFFECTS__
export const pageOf = <const Name extends string, Item>(
  name: Name,
  item: Schema<Item>,
): Schema<PageOf<Name, Item>> => ({
  type: 'object',
  properties: {
    [name]: { type: 'array', items: item },
    count: { type: 'integer', minimum: 0 },
    nextCursor: { type: 'string' },
  },
  required: [name, 'count'],
  additionalProperties: false,
});

/** RFC 9457, with a request id and the violations. */
export const problem = schema({
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          in: { enum: ['body', 'query', 'path', 'header'] },
          pointer: { type: 'string' },
          detail: { type: 'string' },
        },
        required: ['in', 'pointer', 'detail'],
        additionalProperties: false,
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  additionalProperties: false,
} as const);

export type ProblemDocument = TypeOf<typeof problem>;
