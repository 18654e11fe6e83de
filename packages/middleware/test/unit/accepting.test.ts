import {
  type CompiledOperation,
  defineOperation,
  describeOperation,
  schema,
  type ValidateFunction,
} from '@app/contracts';
import { accepted, serviceUnavailable } from '@app/http';
import { httpApiEvent, lambdaContext, parsed, restApiEvent, type TestRequest } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createHttpHandler, type HttpRequest } from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();

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
const compiled: CompiledOperation<typeof createJob> = { ...describeOperation(createJob), validate: { POST: judge } };

const handler = createHttpHandler(compiled, ({ identity: { id }, body, trace }: HttpRequest<typeof createJob>) =>
  body.name === 'unavailable'
    ? Promise.reject(serviceUnavailable(new Error('no queue')))
    : Promise.resolve(accepted({ requestId: trace.requestId, jobId: id }, `/requests/${id}`)),
);

const create = (eventOf: typeof httpApiEvent | typeof restApiEvent, request: TestRequest = {}) =>
  handler(eventOf({ method: 'POST', path: '/jobs', body: { name: 'Sort' }, ...request }), lambdaContext()).then(parsed);

describe('an operation that answers 202', () => {
  const headers = { 'idempotency-key': 'k' };

  it('has the id of what it accepts in its body, and one of its own for each exchange: replays, failures, refusals', async () => {
    const responses = [
      await create(httpApiEvent, { headers }),
      await create(restApiEvent, { headers }),
      await create(httpApiEvent, { headers, body: { name: 'unavailable' } }),
      await create(httpApiEvent, { headers, body: {} }),
    ];

    const exchangeIds = responses.map((response) => response.headers['x-request-id']);
    const [first, replay, ...problems] = responses.map(({ body }) => body?.requestId);
    expect(replay).toBe(first);
    expect(problems).toEqual(exchangeIds.slice(2));
    expect(new Set([first, ...exchangeIds]).size).toBe(5);
  });

  it('logs both ids, and that of the exchange alone where nothing was asked for that could be accepted', async () => {
    const { headers: sent, body } = await create(httpApiEvent, { headers });
    await create(httpApiEvent, { headers, body: { name: 'unavailable' } });
    await create(httpApiEvent, { headers, body: {} });

    expect(log.lines).toMatchObject([
      { requestId: sent['x-request-id'], commandRequestId: body?.requestId, status: 202 },
      { commandRequestId: body?.requestId, status: 503 },
      { status: 400 },
    ]);
    expect(log.lines[2]).not.toHaveProperty('commandRequestId');
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
