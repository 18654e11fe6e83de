import { cancelled, noAnswer, refusal, reply } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { toProblem } from '../../src/problemResponse.ts';
import { createNotesApi, gateways, storedNote } from '../support/notes.ts';

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
    const api = createNotesApi(eventOf, failure);

    const responses = [
      await api.createNote({ body }),
      await api.getNote(),
      await api.listNotes(),
      await api.updateNote({ body }),
      await api.deleteNote(),
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
    const response = await createNotesApi(eventOf, failure).getNote();

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

  it('is a 404 when a note is not there or is another’s', async () => {
    const absent = await createNotesApi(eventOf, reply()).getNote();
    const foreign = await createNotesApi(eventOf, reply({ Item: storedNote })).getNote({ subject: 'mallory' });

    expect(absent.body).toMatchObject({ status: 404, type: '/problems/not-found' });
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  });
});
