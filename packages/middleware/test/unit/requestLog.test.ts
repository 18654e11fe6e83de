import { addReadCapacity } from '@app/observability';
import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { collectLog } from '../support/log.ts';
import { createNotesApi, gateways, storedNote } from '../support/notes.ts';

const log = collectLog();

const secrets = {
  headers: {
    authorization: 'Bearer token-of-alice',
    cookie: 'session=token-of-alice',
    'idempotency-key': 'key-of-alice',
  },
  body: { title: 'title-of-alice', content: 'content-of-alice' },
};

describe('the cold start', () => {
  it('is that of the first request of an execution environment', async () => {
    const { getNote } = createNotesApi(gateways[0][1]);

    await getNote();
    await getNote();

    expect(log.lines.map(({ coldStart }) => coldStart)).toEqual([true, false]);
  });
});

describe.each(gateways)('the log of %s', (_name, eventOf) => {
  it('has one line for a request, which says what came of it', async () => {
    const consumed = { ConsumedCapacity: { CapacityUnits: 0.5 } };
    const { getNote } = createNotesApi(
      eventOf,
      reply({ Item: { ...storedNote, ownerId: { S: 'alice' } }, ...consumed }),
    );

    const response = await getNote({ subject: 'alice' });

    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({
      level: 'INFO',
      message: 'request',
      service: 'test',
      requestId: response.headers['x-request-id'],
      lambdaRequestId: 'test-invocation',
      operation: 'getNote',
      method: 'GET',
      route: '/notes/{id}',
      subject: 'alice',
      status: 200,
      requestBytes: 0,
      responseBytes: Buffer.byteLength(JSON.stringify(response.body)),
      durationMs: expect.any(Number),
      coldStart: expect.any(Boolean),
      consumedCapacity: { read: 0.5, write: 0 },
    });
  });

  it('counts no capacity of an invocation before it, which was cut off', async () => {
    addReadCapacity(7);
    await createNotesApi(eventOf).getNote();

    expect(log.lines).toMatchObject([{ consumedCapacity: { read: 0 } }]);
  });

  it('has one line for a refusal, which says why', async () => {
    const response = await createNotesApi(eventOf).createNote({ body: {} });

    expect(log.lines).toMatchObject([
      {
        level: 'INFO',
        status: 400,
        requestId: response.headers['x-request-id'],
        problem: 'invalid-request',
        requestBytes: 2,
      },
    ]);
    expect(log.lines[0]).not.toHaveProperty('error');
  });

  it('has one line for a failure, with the error and its stack', async () => {
    await createNotesApi(eventOf, refusal('ResourceNotFoundException', { message: 'no table' })).getNote();

    expect(log.lines).toMatchObject([
      {
        level: 'ERROR',
        status: 500,
        problem: 'internal-error',
        error: { name: 'ResourceNotFoundException', message: 'no table', stack: expect.stringContaining('at ') },
      },
    ]);
  });

  it('has the cause of a 503, too', async () => {
    await createNotesApi(eventOf, refusal('ThrottlingException')).getNote();

    expect(log.lines).toMatchObject([
      { level: 'ERROR', status: 503, problem: 'service-unavailable', error: { name: 'ThrottlingException' } },
    ]);
  });

  it('holds neither bodies nor tokens nor queries, whatever comes of the request', async () => {
    const broken = { ...secrets, body: '{"title":"title-of-alice",' };
    const invalid = { ...secrets, body: { title: 'title-of-alice', colour: 'content-of-alice' } };

    await createNotesApi(eventOf).createNote(secrets);
    await createNotesApi(eventOf).createNote(broken);
    await createNotesApi(eventOf).createNote(invalid);
    await createNotesApi(eventOf, refusal('ValidationException')).createNote(secrets);
    await createNotesApi(eventOf, refusal('ThrottlingException')).createNote(secrets);
    await createNotesApi(eventOf).listNotes({ query: 'cursor=query-of-alice' });

    expect(log.lines.map(({ status }) => status)).toEqual([201, 400, 400, 500, 503, 400]);
    expect(JSON.stringify(log.lines)).not.toContain('of-alice');
  });
});
