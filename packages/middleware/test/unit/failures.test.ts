import { cancelled, noAnswer, refusal, reply } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { toProblem } from '../../src/http/problemResponse.ts';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
});

afterAll(() => {
  jest.restoreAllMocks();
});

const body = { title: 'Milk', content: 'Two pints' };

describe.each(gateways)('a failure behind %s', (_name, eventOf) => {
  it.each([
    ['throttles', refusal('ProvisionedThroughputExceededException')],
    ['throttles the account', refusal('ThrottlingException')],
    ['fails', refusal('InternalServerError', {}, 500)],
    ['is away', refusal('ServiceUnavailable', {}, 503)],
    ['throttles a transaction', cancelled('ThrottlingError')],
    ['stays in conflict', refusal('TransactionConflictException')],
    ['does not answer in time', noAnswer('TimeoutError')],
    ['cannot be reached', noAnswer('Error', 'ECONNREFUSED')],
    ['hangs up', noAnswer('Error', 'ECONNRESET')],
  ])('is a 503 with Retry-After when the database %s', async (_case, failure) => {
    const api = createMemosApi(eventOf, failure);

    const responses = [
      await api.createMemo({ body }),
      await api.getMemo(),
      await api.listMemos(),
      await api.updateMemo({ body }),
      await api.deleteMemo(),
    ];

    for (const response of responses) {
      expect(response).toMatchObject({ status: 503, headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' } });
      expect(response.body).toMatchObject({ type: '/problems/service-unavailable' });
    }
  });

  it.each([
    ['a request of ours that is wrong', refusal('ValidationException', { message: 'secret of the table' })],
    ['a table that is not there', refusal('ResourceNotFoundException', { message: 'secret of the table' })],
    ['a role that may not', refusal('AccessDeniedException', { message: 'secret of the table' })],
  ])('is a bare 500 after %s', async (_case, failure) => {
    const response = await createMemosApi(eventOf, failure).getMemo();

    expect(response.body).toEqual({
      type: '/problems/internal-error',
      title: 'Something went wrong on our side',
      status: 500,
      detail: 'The request failed; its id leads to the cause',
      requestId: response.headers['x-request-id'],
    });
    expect(JSON.stringify(response)).not.toContain('secret');
  });

  it('is a bare 500 when what failed has a status of its own', async () => {
    const error = Object.assign(new Error('of the moon'), { statusCode: 502 });

    expect(toProblem(error)).toMatchObject({ status: 500, slug: 'internal-error' });
    expect(toProblem(error).message).not.toContain('moon');
  });

  it('is a 404 when a memo is not there or is another’s', async () => {
    const absent = await createMemosApi(eventOf, reply()).getMemo();
    const foreign = await createMemosApi(eventOf, reply({ Item: storedMemo })).getMemo({ subject: 'mallory' });

    expect(absent.body).toMatchObject({ status: 404, type: '/problems/not-found' });
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  });
});
