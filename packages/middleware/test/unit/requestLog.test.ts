import { addReadCapacity } from '@app/observability';
import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { collectLog } from '../support/log.ts';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

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
    const { getMemo } = createMemosApi(gateways[0][1]);

    await getMemo();
    await getMemo();

    expect(log.lines.map(({ coldStart }) => coldStart)).toEqual([true, false]);
  });
});

describe.each(gateways)('the log of %s', (_name, eventOf) => {
  it('has one line for a request, which says what came of it', async () => {
    const consumed = { ConsumedCapacity: { CapacityUnits: 0.5 } };
    const { getMemo } = createMemosApi(
      eventOf,
      reply({ Item: { ...storedMemo, ownerId: { S: 'alice' } }, ...consumed }),
    );

    const response = await getMemo({ subject: 'alice' });

    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({
      level: 'INFO',
      message: 'request',
      service: 'test',
      requestId: response.headers['x-request-id'],
      lambdaRequestId: 'test-invocation',
      operation: 'getMemo',
      method: 'GET',
      route: '/memos/{id}',
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
    await createMemosApi(eventOf).getMemo();

    expect(log.lines).toMatchObject([{ consumedCapacity: { read: 0 } }]);
  });

  it('has one line for a refusal, which says why', async () => {
    const response = await createMemosApi(eventOf).createMemo({ body: {} });

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
    await createMemosApi(eventOf, refusal('ResourceNotFoundException', { message: 'no table' })).getMemo();

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
    await createMemosApi(eventOf, refusal('ThrottlingException')).getMemo();

    expect(log.lines).toMatchObject([
      {
        level: 'ERROR',
        status: 503,
        problem: 'service-unavailable',
        error: { cause: { name: 'ThrottlingException' } },
      },
    ]);
  });

  it('holds neither bodies nor tokens nor queries, whatever comes of the request', async () => {
    const broken = { ...secrets, body: '{"title":"title-of-alice",' };
    const invalid = { ...secrets, body: { title: 'title-of-alice', colour: 'content-of-alice' } };

    await createMemosApi(eventOf).createMemo(secrets);
    await createMemosApi(eventOf).createMemo(broken);
    await createMemosApi(eventOf).createMemo(invalid);
    await createMemosApi(eventOf, refusal('ValidationException')).createMemo(secrets);
    await createMemosApi(eventOf, refusal('ThrottlingException')).createMemo(secrets);
    await createMemosApi(eventOf).listMemos({ query: 'cursor=query-of-alice' });

    expect(log.lines.map(({ status }) => status)).toEqual([201, 400, 400, 500, 503, 400]);
    expect(JSON.stringify(log.lines)).not.toContain('of-alice');
  });
});
