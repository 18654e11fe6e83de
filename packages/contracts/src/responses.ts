import { problem } from './fields.ts';
import { defineOperation, type Operation } from './operation.ts';
import type { Schema } from './schema.ts';

type Responses = Readonly<Record<number, Schema | null>>;

/** Problems that every operation may answer with: a contract does not list them again. */
const problemsOfAll: Responses = { 400: problem, 401: problem, 403: problem, 429: problem, 500: problem, 503: problem };

/** Problems of every operation that takes a body. */
const problemsOfBodies: Responses = { 413: problem, 415: problem };

/** Every status that an operation may answer with, and the schema of its body; `null` is no body. */
export const responsesOf = ({ request, responses }: Operation): Responses => ({
  ...problemsOfAll,
  ...(request.body && problemsOfBodies),
  ...responses,
});

/** What stands behind an API's routes, for whatever no operation has. */
export const unknownRoute = defineOperation({
  operationId: 'unknownRoute',
  method: 'GET',
  path: '/$default',
  summary: 'Anything that no operation has',
  request: {},
  responses: { 404: problem },
});
