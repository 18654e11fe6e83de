import { getNote } from '@app/contracts';
import { validateGetNote } from '@app/contracts/validators/getNote';
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
const note = createHttpHandler({ operation: getNote, validate: validateGetNote, handle: unwanted });

const handlers = {
  operation: note,
  'route that is unknown': createUnknownRouteHandler(),
  queue: createQueueHandler({ worker: 'writer', queue: { comeBack: unwanted }, parse: JSON.parse, handle: unwanted }),
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
    await note(warmUp as unknown as ReturnType<typeof httpApiEvent>, lambdaContext());
    await note(httpApiEvent({ path: '/notes/x', params: { id: 'x' } }), lambdaContext());

    expect(log.lines).toMatchObject([{ status: 400, coldStart: false }]);
  });
});
