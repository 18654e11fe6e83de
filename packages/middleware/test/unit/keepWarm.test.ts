import { getMemo } from '@app/contracts/operations/getMemo';
import { httpApiEvent, lambdaContext } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import {
  createHttpHandler,
  createObjectEventHandler,
  createQueueHandler,
  createSocketHandler,
  createStreamHandler,
  createUnknownRouteHandler,
} from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();
const warmUp = { source: 'serverless-plugin-warmup' };

const unwanted = () => Promise.reject(new Error('called for a warm-up'));
const message = { name: 'work', validate: () => true };
const memo = createHttpHandler(getMemo, unwanted);

const handlers = {
  operation: memo,
  'route that is unknown': createUnknownRouteHandler(),
  queue: createQueueHandler({ worker: 'writer', queue: { changeVisibility: unwanted }, message, handle: unwanted }),
  stream: createStreamHandler({ worker: 'consume', handle: unwanted }),
  bucket: createObjectEventHandler({ worker: 'confirm', handle: unwanted }),
  socket: createSocketHandler({ route: 'ping', handle: unwanted }),
};

describe.each(Object.entries(handlers))('the handler of a %s', (_name, handler) => {
  it('returns at once on the event that keeps it warm, and logs nothing', async () => {
    const send = handler as unknown as (event: object, context: object) => Promise<unknown>;

    expect(await send(warmUp, lambdaContext())).toBeUndefined();
    expect(log.lines).toEqual([]);
  });
});

describe('the request after a warm-up', () => {
  it('is none with a cold start', async () => {
    await memo(warmUp as unknown as ReturnType<typeof httpApiEvent>, lambdaContext());
    await memo(httpApiEvent({ path: '/memos/x', params: { id: 'x' } }), lambdaContext());

    expect(log.lines).toMatchObject([{ status: 400, coldStart: false }]);
  });
});
