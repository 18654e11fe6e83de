import { lambdaContext } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import type { S3Event } from 'aws-lambda';
import { createObjectEventHandler, type ObjectEvent } from '../../src/index.ts';

const eventOf = (...keys: string[]) =>
  ({
    Records: keys.map((key, index) => ({
      eventName: 'ObjectCreated:Put',
      eventTime: new Date().toISOString(),
      s3: { object: { key, size: 5, sequencer: `00${index}` } },
    })),
  }) as unknown as S3Event;

const collecting = () => {
  const events: ObjectEvent[] = [];
  const handler = createObjectEventHandler({
    worker: 'consume',
    handle: async (event) => {
      events.push(event);
      return 'done';
    },
  });
  return { events, handler };
};

describe('createObjectEventHandler', () => {
  it.each([
    ['assets/1/a.txt', 'assets/1/a.txt'],
    ['assets/1/a+b%2Bc.txt', 'assets/1/a b+c.txt'],
    ['assets/1/100%25+%C3%BC.txt', 'assets/1/100% ü.txt'],
  ])('hands over the key as it is, not as S3 writes it: %s', async (key, expected) => {
    const { events, handler } = collecting();

    await handler(eventOf(key), lambdaContext());

    expect(events).toEqual([{ key: expected, deliveryId: `${expected} 000` }]);
  });

  it('fails as a whole when one record does, so that Lambda tries it again', async () => {
    const handler = createObjectEventHandler({
      worker: 'consume',
      handle: async () => {
        throw new Error('not yet');
      },
    });

    await expect(handler(eventOf('a'), lambdaContext())).rejects.toThrow('not yet');
  });

  it('takes the test event that S3 sends, which has no records', async () => {
    const { events, handler } = collecting();

    await handler({ Service: 'Amazon S3', Event: 's3:TestEvent' } as never, lambdaContext());

    expect(events).toEqual([]);
  });
});
