import { defineOperation, schema, type ValidateFunction, type ValidatorsOf } from '@app/contracts';
import { accepted, serviceUnavailable } from '@app/http';
import { httpApiEvent, lambdaContext, parsed, restApiEvent, type TestRequest } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createHttpHandler, type HttpRequest } from '../../src/index.ts';

const job = schema({
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
});
const jobAccepted = schema({
  type: 'object',
  properties: { requestId: { type: 'string' }, jobId: { type: 'string' } },
  required: ['requestId', 'jobId'],
  additionalProperties: false,
});
const createJob = defineOperation({
  operationId: 'createJob',
  method: 'POST',
  path: '/jobs',
  summary: 'Have a job done',
  request: { headers: ['Idempotency-Key'], body: job },
  responses: { 202: jobAccepted },
});

const judge: ValidateFunction = (request) => {
  const isValid = Object.hasOwn((request as { body: object }).body, 'name');
  judge.errors = isValid ? null : [{ instancePath: '/body', keyword: 'required', params: { missingProperty: 'name' } }];
  return isValid;
};
const validate: ValidatorsOf<typeof createJob> = { operationId: 'createJob', validate: { POST: judge } };

const handler = createHttpHandler({
  operation: createJob,
  validate,
  handle: ({ identity: { id }, body, trace }: HttpRequest<typeof createJob>) =>
    body.name === 'unavailable'
      ? Promise.reject(serviceUnavailable(new Error('no queue')))
      : Promise.resolve(accepted({ requestId: trace.requestId, jobId: id }, `/requests/${id}`)),
});

const create = (eventOf: typeof httpApiEvent | typeof restApiEvent, request: TestRequest = {}) =>
  handler(eventOf({ method: 'POST', path: '/jobs', body: { name: 'Sort' }, ...request }), lambdaContext()).then(parsed);

describe('an operation that answers 202', () => {
  it('goes by the id of what it has accepted: on the response, in problems, to all who carry it out', async () => {
    const headers = { 'idempotency-key': 'k' };

    const response = await create(httpApiEvent, { headers });
    const failure = await create(httpApiEvent, { headers, body: { name: 'unavailable' } });

    const { jobId: requestId } = response.body as { jobId: string };
    expect(response).toMatchObject({ headers: { 'x-request-id': requestId }, body: { requestId } });
    expect(failure).toMatchObject({ status: 503, headers: { 'x-request-id': requestId }, body: { requestId } });
  });

  it('gives a request that it refuses an id of its own', async () => {
    const headers = { 'idempotency-key': 'k' };

    const { headers: sent } = await create(httpApiEvent, { headers, body: {} });

    expect(sent['x-request-id']).not.toBe((await create(httpApiEvent, { headers })).headers['x-request-id']);
  });

  it('says where to go on, behind whatever stands in front of the API’s paths', async () => {
    const [plain, staged, mapped] = [
      await create(httpApiEvent),
      await create(restApiEvent),
      await create(httpApiEvent, { path: '/v2/jobs/' }),
    ];

    const idOf = ({ body }: typeof plain) => String(body?.jobId);
    expect(plain.headers.Location).toBe(`/requests/${idOf(plain)}`);
    expect(staged.headers.Location).toBe(`/dev/requests/${idOf(staged)}`);
    expect(mapped.headers.Location).toBe(`/v2/requests/${idOf(mapped)}`);
  });
});
